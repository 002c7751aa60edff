/** Reads tags and authors for pages through Prisma's client. */
import type { PaperReader, TagCount } from '#core/ports/papers.ts';
import { foldText } from '#core/text/terms.ts';
import type { PrismaClient } from '#store/generated/client.ts';

const tagFields = { kind: true, slug: true, label: true, count: true } as const;

type NameReader = Pick<PaperReader, 'tags' | 'topics' | 'topicMonths' | 'tagLabels' | 'findTag' | 'findAuthor'>;

export function createNameReader(prisma: PrismaClient): NameReader {
  return { ...createTagReader(prisma), ...createAuthorReader(prisma) };
}

function createTagReader(prisma: PrismaClient): Omit<NameReader, 'findAuthor'> {
  const find = async (where: object, take?: number): Promise<readonly TagCount[]> => {
    const orderBy = [{ count: 'desc' as const }, { slug: 'asc' as const }];
    const rows = await prisma.tag.findMany({
      where: { count: { gt: 0 }, ...where },
      orderBy,
      select: tagFields,
      ...(take ? { take } : {}),
    });
    return rows.map(toTag);
  };
  return {
    tags: (limit) => find({}, limit),
    topics: () => find({ kind: 'topic' }),

    // The index holds both dates, and reading the long paper rows would be slow. Equal dates mean that the day is
    // known.
    async topicMonths() {
      const rows = await prisma.$queryRaw<{ slug: string; month: string; count: bigint }[]>`
        WITH recent AS MATERIALIZED (SELECT key, strftime('%Y-%m', publishedFrom * 86400, 'unixepoch') AS month FROM Paper
            WHERE publishedTo = publishedFrom AND publishedFrom > (SELECT max(publishedFrom) FROM Paper) - 730),
          counts AS MATERIALIZED (SELECT tagKey, month, count(*) AS papers FROM recent CROSS JOIN PaperTag ON paperKey = recent.key GROUP BY tagKey, month)
        SELECT slug, month, papers AS count FROM counts JOIN Tag ON Tag.key = tagKey WHERE kind = 'topic' ORDER BY slug, month`;
      return rows.map(({ slug, month, count }) => ({ slug, month, count: Number(count) }));
    },

    async tagLabels(slugs) {
      if (slugs.length === 0) return new Map();
      const rows = await prisma.tag.findMany({
        where: { slug: { in: [...slugs] } },
        select: { slug: true, label: true },
      });
      return new Map(rows.map(({ slug, label }) => [slug, label]));
    },

    async findTag(slug) {
      const row = await prisma.tag.findUnique({ where: { slug }, select: tagFields });
      return row && toTag(row);
    },
  };
}

const toTag = (row: { kind: string; slug: string; label: string; count: number }) => row as TagCount;

function createAuthorReader(prisma: PrismaClient): Pick<NameReader, 'findAuthor'> {
  return {
    async findAuthor(name) {
      return await prisma.author.findUnique({ where: { folded: foldText(name) }, select: { name: true, count: true } });
    },
  };
}

/** What pages read, through Prisma's client: papers, days, tags, authors, the revision. */
import type { Day } from '#core/day';
import type { PaperId } from '#core/paper';
import type { PaperReader, TagCount } from '#core/ports';
import { foldText } from '#core/terms';
import type { PrismaClient } from './generated/client.ts';
import { fromPaperRow, type StoredPaperRow } from './paper-rows.ts';

const tagFields = { kind: true, slug: true, label: true, count: true } as const;

export function createPaperReader(prisma: PrismaClient): PaperReader {
  const toTag = (row: { kind: string; slug: string; label: string; count: number }) => row as TagCount;
  return {
    revision: async () => (await prisma.store.findUniqueOrThrow({ where: { id: 1 }, select: { revision: true } })).revision,
    paperCount: () => prisma.paper.count(),

    async papersByKey(keys) {
      const rows: StoredPaperRow[] = await prisma.paper.findMany({ where: { key: { in: [...keys] } } });
      return new Map(rows.map((row) => [row.key, fromPaperRow(row)]));
    },

    async findPaper(idOrAlias) {
      const row =
        (await prisma.paper.findUnique({ where: { id: idOrAlias } })) ??
        (await prisma.alias.findUnique({ where: { alias: idOrAlias }, select: { paper: true } }))?.paper ??
        null;
      return row && { key: row.key, paper: fromPaperRow(row) };
    },

    async listingDays() {
      const rows = await prisma.$queryRaw<
        { day: Day; count: bigint }[]
      >`SELECT day, count(DISTINCT paperKey) AS count FROM Listing GROUP BY day ORDER BY day`;
      return rows.map(({ day, count }) => ({ day, count: Number(count) }));
    },

    async listedOn(day) {
      const rows = await prisma.listing.findMany({
        where: { day },
        orderBy: [{ position: 'asc' }, { paperKey: 'asc' }],
        select: { paperKey: true },
      });
      return [...new Set(rows.map((row) => row.paperKey))];
    },

    async tags(limit) {
      const rows = await prisma.tag.findMany({
        where: { count: { gt: 0 } },
        orderBy: [{ count: 'desc' }, { slug: 'asc' }],
        select: tagFields,
        take: limit,
      });
      return rows.map(toTag);
    },

    async topics() {
      const rows = await prisma.tag.findMany({
        where: { kind: 'topic', count: { gt: 0 } },
        orderBy: [{ count: 'desc' }, { slug: 'asc' }],
        select: tagFields,
      });
      return rows.map(toTag);
    },

    async topicMonths() {
      const rows = await prisma.$queryRaw<{ slug: string; month: string; count: bigint }[]>`
        SELECT slug, substr(publishedOn, 1, 7) AS month, count(*) AS count
        FROM Paper JOIN PaperTag ON paperKey = Paper.key JOIN Tag ON Tag.key = tagKey
        WHERE Tag.kind = 'topic' AND length(publishedOn) = 10 AND publishedFrom > (SELECT max(publishedFrom) FROM Paper) - 730 GROUP BY slug, month`;
      return rows.map(({ slug, month, count }) => ({ slug, month, count: Number(count) }));
    },

    async tagLabels(slugs) {
      if (slugs.length === 0) return new Map();
      const rows = await prisma.tag.findMany({ where: { slug: { in: [...slugs] } }, select: { slug: true, label: true } });
      return new Map(rows.map(({ slug, label }) => [slug, label]));
    },

    async findTag(slug) {
      const row = await prisma.tag.findUnique({ where: { slug }, select: tagFields });
      return row && toTag(row);
    },

    async findAuthor(name) {
      return await prisma.author.findUnique({ where: { folded: foldText(name) }, select: { name: true, count: true } });
    },

    latestKey: async () => (await prisma.paper.aggregate({ _max: { key: true } }))._max.key ?? 0,

    idsAfter: async (after, limit) =>
      (await prisma.paper.findMany({
        where: { key: { gt: after } },
        orderBy: { key: 'asc' },
        select: { key: true, id: true },
        take: limit,
      })) as {
        key: number;
        id: PaperId;
      }[],

    async tagsLike(text, limit) {
      const slug = foldText(text).replaceAll(' ', '-');
      const startsWith = [{ slug: { startsWith: slug } }, { slug: { contains: `-${slug}` } }, { label: { startsWith: text } }];
      const orderBy = [{ count: 'desc' }, { slug: 'asc' }] as const;
      const rows = await prisma.tag.findMany({
        where: { count: { gt: 0 }, OR: startsWith },
        orderBy: [...orderBy],
        select: tagFields,
        take: limit,
      });
      return rows.map(toTag);
    },

    async authorsLike(text, limit) {
      const folded = foldText(text);
      const where = { count: { gt: 0 }, OR: [{ folded: { startsWith: folded } }, { folded: { contains: ` ${folded}` } }] };
      return await prisma.author.findMany({
        where,
        orderBy: [{ count: 'desc' }, { folded: 'asc' }],
        select: { name: true, count: true },
        take: limit,
      });
    },
  };
}

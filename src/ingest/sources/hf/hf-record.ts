/** Converts items of Hugging Face's listing to records. */
import { parseArxivId } from '#core/arxiv-id.ts';
import { type Day, parseDay } from '#core/day.ts';
import { findCodeLinks } from '#core/links.ts';
import { type Link, LinkSchema, PaperIdSchema } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { cleanAuthorNames } from '#core/text/author-names.ts';
import { cleanText, isWithdrawn } from '#core/text/clean-text.ts';
import { explainIssue } from '#ingest/explain-issue.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { type HfItem, HfItemSchema } from './hf-schema.ts';

/** Yields the items of a listing day in order. `day` is null for a list without a day. */
export function* toHfEvents(items: readonly unknown[], day: Day | null, now: string): Generator<SourceEvent> {
  for (const [i, item] of items.entries()) {
    const where = `${day ?? 'trending'}, item ${i + 1}`;
    const parsed = HfItemSchema.safeParse(item);
    const record = parsed.success
      ? toHfRecord(parsed.data, day ? { day, position: i + 1 } : null, now)
      : explainIssue(parsed.error);
    if (typeof record !== 'string') yield { kind: 'record', record, where };
    else yield { kind: 'rejected', rejection: { where, reason: record, ...titleOf(item) } };
  }
}

/**
 * Returns the record, or the reason for its rejection.
 * Ignores the item's own `publishedAt`, whose meaning changed over the years.
 */
function toHfRecord(
  item: HfItem,
  listing: { readonly day: Day; readonly position: number } | null,
  now: string,
): PaperRecordInput | string {
  const { paper } = item;
  const title = cleanText(paper.title || item.title || '');
  if (title === '') return 'title: a title is missing';
  const arxiv = parseArxivId(paper.id);
  const abstract = cleanText(paper.summary || item.summary || '');
  const authors = cleanAuthorNames((paper.authors ?? []).map((author) => author?.name));
  const group = paper.organization ?? item.organization;
  const organization = cleanText(group?.fullname || group?.name || '');
  const publishedOn = parseDay(paper.publishedAt?.slice(0, 10) ?? '');
  return {
    source: 'hf',
    ...(arxiv ? { arxivId: arxiv.id } : ownIdOf(paper.id)),
    title,
    abstract,
    authors,
    ...(authors.length > 0 ? { authorCount: authors.length } : {}),
    ...(organization === '' ? {} : { organization }),
    ...(publishedOn ? { publishedOn } : {}),
    listings: listing ? [listing] : [],
    ...(paper.upvotes == null ? {} : { upvotes: paper.upvotes }),
    ...(item.numComments == null ? {} : { commentCount: item.numComments }),
    links: linksOf(item),
    keywords: [
      ...new Set((paper.ai_keywords ?? []).map((word) => cleanText(word ?? '')).filter((word) => word !== '')),
    ],
    withdrawn: isWithdrawn('', abstract),
    fetchedAt: now,
  };
}

function ownIdOf(id: string): Pick<PaperRecordInput, 'ownId' | 'otherIds'> {
  return PaperIdSchema.safeParse(id).success ? { ownId: id } : { otherIds: [id] };
}

/** Removes spaces and line breaks within URLs, and a trailing full stop, comma or semicolon. */
function linksOf({ paper }: HfItem): Link[] {
  const [code, project] = [paper.githubRepo, paper.projectPage].map((url) =>
    (url ?? '').replace(/\s+/g, '').replace(/(?<![.,;])[.,;]+$/, ''),
  );
  const repository = findCodeLinks(code ?? '').find((link) => link.kind === 'code');
  const links = [
    repository ?? { kind: 'code', url: code },
    { kind: 'project', url: project },
    { kind: 'source', url: `https://huggingface.co/papers/${paper.id}` },
  ];
  return links.flatMap((link) => LinkSchema.safeParse(link).data ?? []);
}

function titleOf(item: unknown): { readonly title?: string } {
  const title = typeof item === 'object' && item !== null && 'title' in item ? item.title : undefined;
  return typeof title === 'string' && title !== '' ? { title: cleanText(title.slice(0, 200)) } : {};
}

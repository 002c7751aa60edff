/** Converts a parsed JSON line to a record: resolves its id, cleans its texts and omits empty fields. */
import { type ArxivId, isArxivId, parseArxivId } from '#core/arxiv-id.ts';
import { parseInstant, toInstant } from '#core/day.ts';
import { isReservedId, LinkSchema, PaperIdSchema } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { cleanAuthorNames } from '#core/text/author-names.ts';
import { cleanText, isWithdrawn } from '#core/text/clean-text.ts';
import { titleSlug } from '#ingest/identify/title-key.ts';
import type { JsonlPaper } from './jsonl-schema.ts';

/** Returns `fetchedAt`, at most `now`. A time in the future would beat every count read until then. */
function fetchedAtOf({ fetchedAt }: JsonlPaper, now: string): string {
  const time = parseInstant(fetchedAt ?? '');
  return time !== null && time < Date.parse(now) ? toInstant(time) : now;
}

type Identity = Pick<PaperRecordInput, 'arxivId' | 'version' | 'ownId' | 'otherIds'>;

/** Returns the record, or the reason for its rejection. */
export function toJsonlRecord(paper: JsonlPaper, now: string): PaperRecordInput | string {
  const title = cleanText(paper.title);
  if (title === '') return 'title: a title is missing';
  const identity = identityOf(paper);
  if (typeof identity === 'string') return identity;
  const authors = cleanAuthorNames(namesOf(paper.authors));
  const abstract = cleanText(paper.abstract ?? '');
  const comment = cleanText(paper.comment ?? '');
  const organization = cleanText(
    typeof paper.organization === 'object' ? (paper.organization?.name ?? '') : (paper.organization ?? ''),
  );
  const authorCount = authors.length > 0 ? authors.length : paper.authorCount;
  const publishedOn = paper.publishedOn ?? paper.date;
  return {
    source: 'jsonl',
    ...identity,
    title,
    abstract,
    authors,
    ...(authorCount == null ? {} : { authorCount }),
    ...(organization === '' ? {} : { organization }),
    ...(publishedOn ? { publishedOn } : {}),
    listings: (paper.listings ?? []).map(({ source, day, position }) => ({
      day,
      position,
      ...(source ? { source } : {}),
    })),
    ...(paper.upvotes == null ? {} : { upvotes: paper.upvotes }),
    ...(paper.commentCount == null ? {} : { commentCount: paper.commentCount }),
    links: linksOf(paper),
    categories: wordsOf(paper.categories),
    keywords: wordsOf(paper.keywords),
    ...(comment === '' ? {} : { comment }),
    withdrawn: paper.withdrawn ?? (/^withdraw/i.test(paper.status ?? '') || isWithdrawn(comment, abstract)),
    fetchedAt: fetchedAtOf(paper, now),
  };
}

/**
 * Keeps a valid id. An id that cannot be part of a URL becomes an alias.
 * Returns the reason for rejection if the id is the path of another page.
 */
function identityOf(paper: JsonlPaper): Identity | string {
  const id = (paper.id ?? '').trim();
  const others = [...(paper.aliases ?? []), ...(paper.also ?? [])].flatMap((other) => other?.trim() || []);
  const arxiv = arxivIdOf(id) ?? others.map(prefixedArxivId).find((found) => found !== null);
  const version = arxiv?.version ?? paper.version;
  const identity = { ...(arxiv ? { arxivId: arxiv.id } : {}), ...(version == null ? {} : { version }) };
  const otherIds = new Set(others);
  if (arxiv) {
    const withoutVersion = id.replace(/^arxiv:\s*/i, '').replace(/v\d+$/i, '');
    if (withoutVersion !== arxiv.id && PaperIdSchema.safeParse(withoutVersion).success) otherIds.add(withoutVersion);
    return { ...identity, otherIds: [...otherIds] };
  }
  if (isReservedId(id)) return `id: “${id.slice(0, 80)}” is the address of another page and cannot name a paper`;
  // The id is only a slug of the title. Omit it, so that a later arXiv id can replace it.
  if (paper.idFromTitle && id === titleSlug(paper.title)) return { ...identity, otherIds: [...otherIds] };
  if (PaperIdSchema.safeParse(id).success) return { ...identity, ownId: id, otherIds: [...otherIds] };
  if (id !== '') otherIds.add(id);
  return { ...identity, otherIds: [...otherIds] };
}

function arxivIdOf(id: string): ArxivId | null {
  return id === '' ? null : parseArxivId(id);
}

/** Reads an alias as an arXiv id only if it has a prefix or is a URL. */
function prefixedArxivId(id: string): ArxivId | null {
  return isArxivId(id) || !/^(?:arxiv:|https?:)/i.test(id) ? null : parseArxivId(id);
}

function namesOf(authors: JsonlPaper['authors']): (string | null | undefined)[] {
  if (typeof authors === 'string')
    return authors.replace(/\s+/g, ' ').split(authors.includes(';') ? / ?; ?/ : / ?, ?(?:and )?| and /);
  return (authors ?? []).map((author) => (typeof author === 'string' ? author : author?.name));
}

/** Drops links without a valid web address instead of rejecting the paper. */
function linksOf(paper: JsonlPaper): PaperRecordInput['links'] {
  return (paper.links ?? []).flatMap(
    ({ kind, url }) => LinkSchema.safeParse({ kind, url: url.replace(/\s+/g, '') }).data ?? [],
  );
}

function wordsOf(words: readonly (string | null)[] | null | undefined): string[] {
  const clean = (words ?? []).map((word) => cleanText(word ?? '')).filter((word) => word !== '');
  return [...new Map(clean.toReversed().map((word) => [word.toLowerCase(), word])).values()].reverse();
}

/** Merges the records of a paper: author names beat author counts, arXiv beats copies, the latest vote count wins. */
import type { Link, Listing, Provenance, Tag } from '#core/paper.ts';
import type { MergedPaper, StoredRecord } from '#core/record.ts';
import { withPossibleDates } from '#ingest/dates/possible-dates.ts';
import { toSourceTags } from '#ingest/topics/source-tags.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';
import { contentOf, givenIdOf, laterTime, latestCount } from './merge-records.ts';
import { titleSlug } from './title-key.ts';

export type TopicFinder = (text: Pick<StoredRecord, 'title' | 'abstract'>) => readonly Tag[];

/** Sources in descending order of trust in their texts. Unlisted sources come last. */
const trust = ['arxiv', 'hf', 'jsonl', 'bibtex', 'ids', 'listing'];
const trustOf = (source: string): number => (trust.indexOf(source) + trust.length + 1) % (trust.length + 1);

/** Sorts by trust, then by version, newest first. Ties are broken by content, so the order of arrival has no effect. */
function ranked(records: readonly StoredRecord[]): StoredRecord[] {
  const keyed = records.map((record) => ({ record, content: contentOf(record) }));
  keyed.sort(
    (a, b) =>
      trustOf(a.record.source) - trustOf(b.record.source) ||
      (b.record.version ?? 0) - (a.record.version ?? 0) ||
      b.content.length - a.content.length ||
      (a.content < b.content ? -1 : 1),
  );
  return keyed.map(({ record }) => record);
}

/**
 * Returns the paper of a nonempty cluster of `identifyPapers`. Ignores dates that are impossible at `now`.
 * `topicsOf` must return the same topics as `tagPaper`.
 */
export function mergePaper(
  records: readonly StoredRecord[],
  now: string,
  topicsOf: TopicFinder = tagPaper,
): MergedPaper {
  const dated = records.map((record) => withPossibleDates(record, now).record);
  const best = dated.length === 1 ? dated : ranked(dated);
  const title = pick(best, (record) => record.title || null);
  const abstract = pick(best, (record) => record.abstract || null);
  const authors = pick(best, (record) => (record.authors.length > 0 ? record.authors : null));
  const count = pick(best, (record) => record.authorCount ?? null);
  const published =
    pick(best, (record) => (record.publishedOn && record.publishedOn.length > 4 ? record.publishedOn : null)) ??
    pick(best, (record) => record.publishedOn ?? null);
  const organization = pick(best, (record) => record.organization ?? null);
  const comment = pick(best, (record) => record.comment ?? null);
  const upvotes = latestOf(best.map((record) => record.upvotes));
  const comments = latestOf(best.map((record) => record.commentCount));
  const text = { title: title?.value ?? '', abstract: abstract?.value ?? '' };
  const arxivId = pick(best, (record) => record.arxivId ?? null)?.value ?? null;
  const id = pick(best, givenIdOf)?.value ?? null;
  return {
    id,
    slug: id === null ? titleSlug(text.title) : '',
    arxivId,
    ...text,
    authors: authors?.value ?? [],
    authorCount: authors?.value.length ?? count?.value ?? null,
    organization: organization?.value ?? null,
    publishedOn: published?.value ?? null,
    listings: mergeListings(best),
    upvotes: upvotes?.value ?? null,
    commentCount: comments?.value ?? null,
    links: mergeLinks(best, arxivId),
    tags: mergeTags(best, topicsOf(text)),
    comment: comment?.value ?? null,
    withdrawn: best.some((record) => record.withdrawn),
    aliases: aliasesOf(best),
    provenance: provenanceOf(best, {
      title,
      abstract,
      authors,
      'number of authors': authors ? null : count,
      'publication date': published,
      organization,
      comment,
    }),
  };
}

type Count = StoredRecord['upvotes'];

const latestOf = (counts: readonly Count[]): Count =>
  counts.reduce<Count>((latest, count) => latestCount(latest, count), null);

type Picked<T> = { readonly value: T; readonly record: StoredRecord } | null;

function pick<T>(records: readonly StoredRecord[], read: (record: StoredRecord) => T | null): Picked<T> {
  for (const record of records) {
    const value = read(record);
    if (value !== null) return { value, record };
  }
  return null;
}

function mergeListings(records: readonly StoredRecord[]): Listing[] {
  const latest = new Map<string, StoredRecord['listings'][number]>();
  for (const listing of records.flatMap((record) => record.listings)) {
    const key = `${listing.day} ${listing.source}`;
    const known = latest.get(key);
    if (!known || listing.at > known.at || (listing.at === known.at && listing.position < known.position))
      latest.set(key, listing);
  }
  return [...latest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { source, day, position }]) => ({ source, day, position }));
}

const linkOrder = ['arxiv', 'pdf', 'doi', 'code', 'project', 'source'];

function mergeLinks(records: readonly StoredRecord[], arxivId: string | null): Link[] {
  const arxivLinks: Link[] = arxivId
    ? [
        { kind: 'arxiv', url: `https://arxiv.org/abs/${arxivId}` },
        { kind: 'pdf', url: `https://arxiv.org/pdf/${arxivId}` },
      ]
    : [];
  const links = new Map<string, Link>();
  for (const link of [...arxivLinks, ...records.flatMap((record) => record.links)]) {
    const key = `${link.kind} ${link.url
      .replace(/^https?:\/\/(?:www\.)?/, '')
      .replace(/\/$/, '')
      .toLowerCase()}`;
    if (!links.has(key)) links.set(key, link);
  }
  return [...links.values()].sort((a, b) => linkOrder.indexOf(a.kind) - linkOrder.indexOf(b.kind));
}

function mergeTags(records: readonly StoredRecord[], topics: readonly Tag[]): Tag[] {
  const categories = pick(records, (record) => (record.categories.length > 0 ? record.categories : null))?.value ?? [];
  const tags = new Map<string, Tag>();
  for (const tag of [
    ...topics,
    ...toSourceTags(categories, 'category'),
    ...toSourceTags(
      records.flatMap((record) => record.keywords),
      'keyword',
    ),
  ])
    if (!tags.has(tag.slug)) tags.set(tag.slug, tag);
  return [...tags.values()];
}

/** Returns other sources' ids, and the slugs that the paper had before its id was known. */
function aliasesOf(records: readonly StoredRecord[]): string[] {
  const slugs = records.filter((record) => givenIdOf(record) === null).map((record) => titleSlug(record.title));
  return [...new Set([...records.flatMap((record) => record.otherIds), ...slugs])]
    .filter((alias) => alias !== '')
    .sort();
}

function provenanceOf(
  records: readonly StoredRecord[],
  picked: Readonly<Record<string, Picked<unknown>>>,
): Provenance[] {
  const bySource = new Map<string, { fields: Set<string>; fetchedAt: string }>();
  for (const record of records) {
    const entry = bySource.get(record.source) ?? { fields: new Set<string>(), fetchedAt: record.fetchedAt };
    for (const [field, choice] of Object.entries(picked)) if (choice?.record === record) entry.fields.add(field);
    if (givenIdOf(record) !== null) entry.fields.add('id');
    if (record.listings.length > 0) entry.fields.add('listing');
    if (record.upvotes) entry.fields.add('upvotes');
    if (record.commentCount) entry.fields.add('comments');
    if (record.links.length > 0) entry.fields.add('links');
    if (record.keywords.length + record.categories.length > 0) entry.fields.add('keywords');
    bySource.set(record.source, { fields: entry.fields, fetchedAt: laterTime(entry.fetchedAt, record.fetchedAt) });
  }
  return [...bySource].map(([source, { fields, fetchedAt }]) => ({ source, fields: [...fields], fetchedAt }));
}

/**
 * Merges records of one source about one paper. The merge is commutative, associative and idempotent.
 * So any order and any chunking of the same records gives the same result.
 * Texts are chosen by content alone, counts by the time they were read.
 */
import type { PaperRecord, StoredRecord, Timed } from '#core/record.ts';
import { digestOf, surnameKey, titleKey } from './title-key.ts';

export function toStoredRecord(record: PaperRecord): StoredRecord {
  const at = record.fetchedAt;
  const timed = (value: number | undefined) => (value === undefined ? null : { value, at });
  return {
    ...record,
    otherIds: [...new Set(record.otherIds)].sort(),
    upvotes: timed(record.upvotes),
    commentCount: timed(record.commentCount),
    listings: unionListings(
      [],
      record.listings.map((listing) => ({
        source: listing.source ?? record.source,
        day: listing.day,
        position: listing.position,
        at,
      })),
    ),
    links: unionLinks([], record.links),
  };
}

/** Returns the arXiv id, else the source's own valid id, else null. */
export const givenIdOf = (record: StoredRecord): string | null => record.arxivId ?? record.ownId ?? null;

/**
 * Returns the key under which a source's records about a paper are merged: `hf|2405.14906|v0`.
 * Without an id it is a digest of title and surnames: `listing|t:…`.
 */
export function identityOf(record: StoredRecord): string {
  const id = givenIdOf(record) ?? record.otherIds[0];
  if (id !== undefined) return `${record.source}|${id}|v${record.version ?? 0}`;
  return `${record.source}|t:${digestOf(`${titleKey(record.title)} ${record.authors.map(surnameKey).sort()}`)}`;
}

/** Merges two records. Both must have the same identity. */
export function mergeRecords(left: StoredRecord, right: StoredRecord): StoredRecord {
  const text = (pick: (record: StoredRecord) => string | undefined) => laterText(pick(left), pick(right));
  const list = (pick: (record: StoredRecord) => readonly string[]) => laterList(pick(left), pick(right));
  const defined = {
    organization: text((record) => record.organization),
    comment: text((record) => record.comment),
    publishedOn: text((record) => record.publishedOn) as PaperRecord['publishedOn'],
    authorCount: later(left.authorCount, right.authorCount, (a, b) => a - b),
  };
  return {
    ...left,
    ...Object.fromEntries(Object.entries(defined).filter(([, value]) => value !== undefined)),
    title: text((record) => record.title) ?? left.title,
    abstract: text((record) => record.abstract) ?? '',
    authors: list((record) => record.authors),
    categories: list((record) => record.categories),
    keywords: list((record) => record.keywords),
    otherIds: [...new Set([...left.otherIds, ...right.otherIds])].sort(),
    links: unionLinks(left.links, right.links),
    listings: unionListings(left.listings, right.listings),
    upvotes: latestCount(left.upvotes, right.upvotes),
    commentCount: latestCount(left.commentCount, right.commentCount),
    withdrawn: left.withdrawn || right.withdrawn,
    fetchedAt: laterTime(left.fetchedAt, right.fetchedAt),
  };
}

/** Returns the record without its times, as text. A repeat with equal content adds nothing. */
export function contentOf(record: StoredRecord): string {
  const { fetchedAt: _, upvotes, commentCount, listings, ...rest } = record;
  return JSON.stringify([
    Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
    upvotes?.value ?? null,
    commentCount?.value ?? null,
    listings.map(({ source, day, position }) => [source, day, position]),
  ]);
}

/** Returns when counts and listings were read, as text. A later reading may beat another source's count. */
export function timesOf({ upvotes, commentCount, listings }: StoredRecord): string {
  return JSON.stringify([upvotes?.at, commentCount?.at, listings.map((listing) => listing.at)]);
}

function later<T>(left: T | undefined, right: T | undefined, compare: (a: T, b: T) => number): T | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compare(left, right) >= 0 ? left : right;
}

const byLengthThenText = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Returns the longer text; of two with equal length, the alphabetically later one. */
const laterText = (left: string | undefined, right: string | undefined) => later(left, right, byLengthThenText);

function laterList(left: readonly string[], right: readonly string[]): readonly string[] {
  return (
    later(left, right, (a, b) => a.length - b.length || byLengthThenText(JSON.stringify(a), JSON.stringify(b))) ?? left
  );
}

/** Both times are ISO 8601 in UTC, which sorts as text. */
export function laterTime(left: string, right: string): string {
  return [left, right].sort().at(-1) ?? left;
}

/** Returns the latest reading; of two at the same time, the larger one. */
export function latestCount(left: Timed<number> | null, right: Timed<number> | null): Timed<number> | null {
  if (left === null || right === null) return left ?? right;
  if (left.at !== right.at) return left.at > right.at ? left : right;
  return left.value >= right.value ? left : right;
}

function unionListings(left: StoredRecord['listings'], right: StoredRecord['listings']): StoredRecord['listings'] {
  const byKey = new Map<string, StoredRecord['listings'][number]>();
  for (const listing of [...left, ...right]) {
    const key = `${listing.day}|${listing.source}`;
    const known = byKey.get(key);
    const isLater = !known || listing.at > known.at || (listing.at === known.at && listing.position < known.position);
    if (isLater) byKey.set(key, listing);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, listing]) => listing);
}

function unionLinks(left: StoredRecord['links'], right: StoredRecord['links']): StoredRecord['links'] {
  const links = new Map([...left, ...right].map((link) => [`${link.kind} ${link.url}`, link]));
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

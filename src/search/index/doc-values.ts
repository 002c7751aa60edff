/** What filters, sorts and facets read of each document: one typed array per fact, indexed by document number. */

import { dayNumber, publicationPeriod } from '#core/day.ts';
import { listingPlace } from '#core/listing-place.ts';
import type { SearchDocument } from '#core/ports/papers.ts';
import type { Analysis } from '#search/write/analyzer.ts';
import { toNorm } from './norm.ts';

/** The day of what has none; before every real one. */
export const undated = -0x80000000;
/** A number that is not known. */
const unknown = -1;

export const flagBits = { code: 1, project: 2, abstract: 4, authors: 8 } as const;

const fixedColumns = {
  /** The store's number of the paper. */
  keys: Float64Array,
  /** First and last day of the publication date. */
  from: Int32Array,
  to: Int32Array,
  year: Uint16Array,
  authorCount: Int32Array,
  upvotes: Int32Array,
  commentCount: Int32Array,
  flags: Uint8Array,
  length: Uint8Array,
  /** Where the positions of a field begin; a title's begin at 0. */
  abstractAt: Uint32Array,
  authorsAt: Uint32Array,
  tagsAt: Uint32Array,
} as const;
export type FixedName = keyof typeof fixedColumns;
export type FixedColumn = InstanceType<(typeof fixedColumns)[FixedName]>;
const fixedNames = Object.keys(fixedColumns) as FixedName[];

/** The facts of one document. */
export type Row = Readonly<Record<FixedName, number>> & {
  readonly topics: readonly number[];
  /** Latest day first. */
  /** `position` as `listingPlace` has it. */
  readonly listings: readonly { readonly day: number; readonly position: number }[];
};

export type DocValues = { readonly [K in FixedName]: InstanceType<(typeof fixedColumns)[K]> } & {
  /** The documents in ascending order of their keys. */
  readonly byKey: Uint32Array;
  /** Topics of document `d`: `topicIds` from `topicsStart[d]` to `topicsStart[d + 1]`. */
  readonly topicsStart: Uint32Array;
  readonly topicIds: Uint16Array;
  readonly listingsStart: Uint32Array;
  readonly listingDays: Int32Array;
  readonly listingPositions: Uint32Array;
};

/** Newest first, undated last, then by key: document numbers follow it, and so does every tie. */
export function compareRows(a: Pick<Row, 'from' | 'keys'>, b: Pick<Row, 'from' | 'keys'>): number {
  return b.from - a.from || a.keys - b.keys;
}

export function toRow(document: SearchDocument, analysis: Analysis, topics: readonly number[]): Row {
  const period = document.publishedOn === null ? null : publicationPeriod(document.publishedOn);
  return {
    keys: document.key,
    from: period ? dayNumber(period.from) : undated,
    to: period ? dayNumber(period.to) : undated,
    year: period ? Number(period.from.slice(0, 4)) : 0,
    authorCount: document.authorCount ?? unknown,
    upvotes: document.upvotes ?? unknown,
    commentCount: document.commentCount ?? unknown,
    flags:
      (document.hasCode ? flagBits.code : 0) |
      (document.hasProject ? flagBits.project : 0) |
      (document.abstract !== '' ? flagBits.abstract : 0) |
      (document.authors.length > 0 ? flagBits.authors : 0),
    length: toNorm(analysis.length),
    abstractAt: analysis.abstractAt,
    authorsAt: analysis.authorsAt,
    tagsAt: analysis.tagsAt,
    topics,
    listings: document.listings
      .map((listing) => ({ day: dayNumber(listing.day), position: listingPlace(listing) }))
      .sort((a, b) => b.day - a.day || a.position - b.position),
  };
}

/** Columns of rows that stand in their order already. */
export function* columnsInSteps(rows: readonly Row[]): Generator<void, DocValues> {
  const count = rows.length;
  const fixed = yield* mapFixed((name, create) => create(count).map((_, doc) => rows[doc]?.[name] ?? 0));
  const topicsStart = startsOf(rows.map((row) => row.topics.length));
  const listingsStart = startsOf(rows.map((row) => row.listings.length));
  const listings = rows.flatMap((row) => row.listings);
  return {
    ...fixed,
    byKey: Uint32Array.from(rows.keys()).sort((a, b) => (fixed.keys[a] as number) - (fixed.keys[b] as number)),
    topicsStart,
    topicIds: Uint16Array.from(rows.flatMap((row) => row.topics)),
    listingsStart,
    listingDays: Int32Array.from(listings, (listing) => listing.day),
    listingPositions: Uint32Array.from(listings, (listing) => listing.position),
  };
}

type MakeColumn = (name: FixedName, create: (count: number) => FixedColumn) => FixedColumn;

/** Makes every fixed column, one a step. */
export function* mapFixed(make: MakeColumn): Generator<void, Pick<DocValues, FixedName>> {
  const made: [FixedName, FixedColumn][] = [];
  for (const name of fixedNames) {
    made.push([name, make(name, (count) => new fixedColumns[name](count))]);
    yield;
  }
  // The type cannot see that each name gets an array of its own kind.
  return Object.fromEntries(made) as Pick<DocValues, FixedName>;
}

/** Where each run of a ragged column begins, and the end. */
export function startsOf(lengths: ArrayLike<number>): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) starts[i + 1] = (starts[i] as number) + (lengths[i] as number);
  return starts;
}

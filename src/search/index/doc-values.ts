/** Doc values: one typed array per attribute, indexed by document number. Filters, sorts and facets read them. */
import { dayNumber, publicationPeriod } from '#core/day.ts';
import { listingPlace } from '#core/listing-place.ts';
import type { SearchDocument } from '#core/ports/papers.ts';
import type { Analysis } from '#search/write/analyzer.ts';
import { toNorm } from './norm.ts';

/** Day number of a paper without a date. It is below every real day. */
export const undated = -0x80000000;
/** Value of an unknown count. */
const unknown = -1;

export const flagBits = { code: 1, project: 2, abstract: 4, authors: 8 } as const;

const fixedColumnTypes = {
  /** The paper's key in the store. */
  keys: Float64Array,
  /** First and last day of the publication date. */
  from: Int32Array,
  to: Int32Array,
  year: Uint16Array,
  authorCount: Int32Array,
  upvotes: Int32Array,
  commentCount: Int32Array,
  flags: Uint8Array,
  /** Norm of title and abstract (`toNorm`). */
  length: Uint8Array,
  /** First term position of a field. The title starts at 0. */
  abstractAt: Uint32Array,
  authorsAt: Uint32Array,
  tagsAt: Uint32Array,
} as const;
export type FixedName = keyof typeof fixedColumnTypes;
export type FixedColumn = InstanceType<(typeof fixedColumnTypes)[FixedName]>;
const fixedNames = Object.keys(fixedColumnTypes) as FixedName[];

/** The doc values of one document. */
export type Row = Readonly<Record<FixedName, number>> & {
  readonly topics: readonly number[];
  /** Latest day first. `position` is a `listingPlace`. */
  readonly listings: readonly { readonly day: number; readonly position: number }[];
};

export type DocValues = { readonly [K in FixedName]: InstanceType<(typeof fixedColumnTypes)[K]> } & {
  /** Documents sorted by the paper's key, for `Segment.docOf`. */
  readonly byKey: Uint32Array;
  /** Topics of document `d`: elements `topicsStart[d]` to `topicsStart[d + 1]` of `topicIds`. */
  readonly topicsStart: Uint32Array;
  readonly topicIds: Uint16Array;
  /** Listings of document `d`, in the same way. */
  readonly listingsStart: Uint32Array;
  readonly listingDays: Int32Array;
  readonly listingPositions: Uint32Array;
};

/** Order of document numbers: newest first, undated last, then by key. Equal ranks keep this order. */
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

/** Builds the doc values of rows that are sorted by `compareRows`. */
export function* buildDocValues(rows: readonly Row[]): Generator<void, DocValues> {
  const count = rows.length;
  const fixed = yield* buildFixedColumns((name, create) => create(count).map((_, doc) => rows[doc]?.[name] ?? 0));
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

type BuildColumn = (name: FixedName, create: (count: number) => FixedColumn) => FixedColumn;

/** Builds every column with one value per document. Yields after each. */
export function* buildFixedColumns(build: BuildColumn): Generator<void, Pick<DocValues, FixedName>> {
  const columns: [FixedName, FixedColumn][] = [];
  for (const name of fixedNames) {
    columns.push([name, build(name, (count) => new fixedColumnTypes[name](count))]);
    yield;
  }
  // TypeScript cannot see that each name gets an array of its own type.
  return Object.fromEntries(columns) as Pick<DocValues, FixedName>;
}

/** Returns the start of each document's values in a ragged column, then the end of the last. */
export function startsOf(lengths: ArrayLike<number>): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) starts[i + 1] = (starts[i] as number) + (lengths[i] as number);
  return starts;
}

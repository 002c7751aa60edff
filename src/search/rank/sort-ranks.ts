/** Ranks documents for each sort order, highest first. Equal ranks are ordered newest first, then by key. */
import { type Day, dayNumber } from '#core/day.ts';
import type { SearchRequest } from '#core/ports/papers.ts';
import { trendingDivisor, trendingPoints } from '#core/trending.ts';
import { type DocValues, undated } from '#search/index/doc-values.ts';
import { dayBounds } from '#search/match/filter-doc-values.ts';

/** Unknown values rank below all others. */
export type RankOf = (doc: number) => number;

const unknownRank = Number.NEGATIVE_INFINITY;
/** Larger positions in a day's listing count as this. */
const positionsMax = 2 ** 20;

/** Returns null if document order is the requested order. */
export function rankBy(columns: DocValues, { sort, today, where }: SearchRequest): RankOf | null {
  switch (sort) {
    case 'upvotes':
      return (doc) => columns.upvotes[doc] as number;
    case 'comments':
      return (doc) => columns.commentCount[doc] as number;
    case 'authors':
      return (doc) => columns.authorCount[doc] as number;
    case 'old':
      return (doc) => (columns.from[doc] === undated ? unknownRank : -(columns.from[doc] as number));
    case 'trending':
      return trendingRank(columns, today);
    case 'listing':
      return listingRank(columns, where);
    case 'new':
    case 'relevance':
      // Documents are numbered newest first.
      return null;
    default:
      return sort satisfies never;
  }
}

/** The age counts from the latest listing, else from the publication, else from 1970. */
function trendingRank(columns: DocValues, today: Day): RankOf {
  const now = dayNumber(today);
  const divisors: number[] = [];
  return (doc) => {
    const listed = columns.listingsStart[doc] as number;
    const anchor = (
      listed < (columns.listingsStart[doc + 1] as number) ? columns.listingDays[listed] : columns.from[doc]
    ) as number;
    const ageDays = Math.max(0, now - (anchor === undated ? 0 : anchor));
    divisors[ageDays] ??= trendingDivisor(ageDays);
    return (
      trendingPoints(Math.max(0, columns.upvotes[doc] as number), Math.max(0, columns.commentCount[doc] as number)) /
      divisors[ageDays]
    );
  };
}

/** Ranks by the latest listing day in the requested range, then by the position in its listing. */
function listingRank(columns: DocValues, where: SearchRequest['where']): RankOf {
  const ranges = where.filter((condition) => condition.kind === 'listedOn').map(dayBounds);
  const first = Math.max(undated, ...ranges.map((bounds) => bounds.first));
  const until = Math.min(Number.POSITIVE_INFINITY, ...ranges.map((bounds) => bounds.last));
  return (doc) => {
    // Listings are sorted by latest day, then by position, so the first in the range ranks highest.
    for (let i = columns.listingsStart[doc] as number; i < (columns.listingsStart[doc + 1] as number); i++) {
      const day = columns.listingDays[i] as number;
      if (day >= first && day <= until)
        return day * positionsMax - Math.min(columns.listingPositions[i] as number, positionsMax - 1);
    }
    return unknownRank;
  };
}

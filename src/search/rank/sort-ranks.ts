/** What each order of results ranks by: the highest first; equals stand newest first, then by key. */

import { type Day, dayNumber } from '#core/day.ts';
import type { SearchRequest } from '#core/ports/papers.ts';
import { trendingDivisor, trendingPoints } from '#core/trending.ts';
import { type DocValues, undated } from '#search/index/doc-values.ts';
import { dayBounds } from '#search/match/filter-doc-values.ts';

/** The rank of a document; what is not known ranks below everything known. */
export type RankOf = (doc: number) => number;

const last = Number.NEGATIVE_INFINITY;
/** Places in a day's listing; what stands further down counts as this. */
const positionsMax = 2 ** 20;

/** The rank of each document; null when they stand in the order that is asked for already. */
export function rankBy(columns: DocValues, { sort, today, where }: SearchRequest): RankOf | null {
  switch (sort) {
    case 'upvotes':
      return (doc) => columns.upvotes[doc] as number;
    case 'comments':
      return (doc) => columns.commentCount[doc] as number;
    case 'authors':
      return (doc) => columns.authorCount[doc] as number;
    case 'old':
      return (doc) => (columns.from[doc] === undated ? last : -(columns.from[doc] as number));
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

/** Aged from the last listing, else from the publication; what has neither counts as of 1970. */
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

/** The latest listing day that the conditions ask for, then the place in its listing. */
function listingRank(columns: DocValues, where: SearchRequest['where']): RankOf {
  const asked = where.filter((condition) => condition.kind === 'listedOn').map(dayBounds);
  const first = Math.max(undated, ...asked.map((bounds) => bounds.first));
  const until = Math.min(Number.POSITIVE_INFINITY, ...asked.map((bounds) => bounds.last));
  return (doc) => {
    // Listings stand latest day first, then by place, so the first in the range is the one.
    for (let i = columns.listingsStart[doc] as number; i < (columns.listingsStart[doc + 1] as number); i++) {
      const day = columns.listingDays[i] as number;
      if (day >= first && day <= until)
        return day * positionsMax - Math.min(columns.listingPositions[i] as number, positionsMax - 1);
    }
    return last;
  };
}

/** What each order of results ranks by: the highest first; equals stand newest first, then by key. */

import { type Day, dayNumber } from '#core/day';
import type { SearchRequest } from '#core/ports';
import { trendingScore } from '#core/trending';
import { dayBounds } from './column-test.ts';
import { type Columns, undated } from './columns.ts';

/** The rank of a document; what is not known ranks below everything known. */
export type RankOf = (doc: number) => number;

const last = Number.NEGATIVE_INFINITY;
/** Places in a day's listing; what stands further down counts as this. */
const positionsMax = 2 ** 20;

export function rankBy(columns: Columns, { sort, today, where }: SearchRequest): RankOf {
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
      // Documents are numbered newest first, so equals already stand in this order.
      return () => 0;
    default:
      return sort satisfies never;
  }
}

/** Aged from the last listing, else from the publication; what has neither counts as of 1970. */
function trendingRank(columns: Columns, today: Day): RankOf {
  const now = dayNumber(today);
  const shares: number[] = [];
  return (doc) => {
    const listed = columns.listingsStart[doc] as number;
    const anchor = (listed < (columns.listingsStart[doc + 1] as number) ? columns.listingDays[listed] : columns.from[doc]) as number;
    const ageDays = Math.max(0, now - (anchor === undated ? 0 : anchor));
    const upvotes = columns.upvotes[doc] as number;
    const comments = columns.commentCount[doc] as number;
    if (upvotes > 0 || comments > 0) return trendingScore({ upvotes: Math.max(0, upvotes), commentCount: Math.max(0, comments), ageDays });
    shares[ageDays] ??= trendingScore({ upvotes: 0, commentCount: 0, ageDays });
    return shares[ageDays] as number;
  };
}

/** The latest listing day that the conditions ask for, then the place in its listing. */
function listingRank(columns: Columns, where: SearchRequest['where']): RankOf {
  const asked = where.filter((condition) => condition.kind === 'listedOn').map(dayBounds);
  const first = Math.max(undated, ...asked.map((bounds) => bounds.first));
  const until = Math.min(Number.POSITIVE_INFINITY, ...asked.map((bounds) => bounds.last));
  return (doc) => {
    // Listings stand latest day first, then by place, so the first in the range is the one.
    for (let i = columns.listingsStart[doc] as number; i < (columns.listingsStart[doc + 1] as number); i++) {
      const day = columns.listingDays[i] as number;
      if (day >= first && day <= until) return day * positionsMax - Math.min(columns.listingPositions[i] as number, positionsMax - 1);
    }
    return last;
  };
}

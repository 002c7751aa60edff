/** Orders the papers of a day that several sources listed: curated listings first, then announcements. */
import type { Listing } from './paper.ts';

/** Positions per kind. Later positions of a longer listing tie. */
const listingPositionMax = 2 ** 16;

/** Prefix of sources that announce every submission. */
const announcer = 'arxiv';

/** Returns the sort key of a listing: by kind, then by position. */
export function listingPlace({ source, position }: Pick<Listing, 'source' | 'position'>): number {
  return Math.min(position, listingPositionMax - 1) + (source.startsWith(announcer) ? listingPositionMax : 0);
}

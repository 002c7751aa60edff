/** Where papers of one day stand when several sources listed it: what somebody chose first, what was merely announced after it. */
import type { Listing } from './paper.ts';

/** Places of one kind; a listing longer than that ends in a tie. */
const listingPositionMax = 2 ** 16;

/** A source whose names begin so announces everything that was submitted. */
const announcer = 'arxiv';

/** Sorts the listings of a day: by kind, then by their own places. */
export function listingPlace({ source, position }: Pick<Listing, 'source' | 'position'>): number {
  return Math.min(position, listingPositionMax - 1) + (source.startsWith(announcer) ? listingPositionMax : 0);
}

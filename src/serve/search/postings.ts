/** The inverted lists as typed arrays: document numbers, field counts and positions of every key. */
import { keyKinds, type Vocabulary } from './vocabulary.ts';

/** Postings in a block of varints; from the second block on, each has a skip entry. */
export const blockSize = 128;

/** Numbers in a skip entry: the last document before the block, and where its documents begin within the list's. */
export const skipWidth = 2;

/** Positions can be entered at every so many postings of a list. */
export const positionsStep = 32;

/**
 * List `t` has `postingsStart[t + 1] - postingsStart[t]` postings. A list that at least every eighth document is in has a bit for each document,
 * in `bitmaps` from `docsStart[t]`; any other one has varints of the distance to the document before (-1 before the first) in `docs`
 * from `docsStart[t]`, with its skips from `skipsStart[t]`. A posting's byte of field counts has the posting's own number in `fields`.
 * Positions are varints of `distance · 2 + last`, where `last` is 1 at the posting's end, from `positionsStart[t]`; `entrances` from
 * `entrancesStart[t]` say how far behind it every `positionsStep`-th posting's begin. Stems are the first keys and facts the last ones, so the arrays
 * of positions and counts are as long as those have need of. All starts fit 32 bits up to some ten million papers.
 */
export type Postings = {
  /** Documents of the segment. */
  readonly size: number;
  readonly vocabulary: Vocabulary;
  readonly postingsStart: Uint32Array;
  readonly docsStart: Uint32Array;
  readonly skipsStart: Uint32Array;
  readonly positionsStart: Uint32Array;
  readonly entrancesStart: Uint32Array;
  readonly docs: Uint8Array;
  readonly bitmaps: Uint32Array;
  readonly skips: Uint32Array;
  readonly fields: Uint8Array;
  readonly positions: Uint8Array;
  readonly entrances: Uint32Array;
};

const lastOf = (kind: string): number => kind.charCodeAt(0);

/** Only stems have positions. */
export function hasPositions(key: Uint8Array): boolean {
  return (key[0] as number) <= lastOf(keyKinds.organizationStem);
}

/** Facts have no field counts. */
export function hasFields(key: Uint8Array): boolean {
  return (key[0] as number) <= lastOf(keyKinds.organizationWord);
}

/** In how many documents a key is, those no longer alive included. */
export function listLength({ postingsStart }: Postings, term: number): number {
  return (postingsStart[term + 1] as number) - (postingsStart[term] as number);
}

/** Whether a list of this length is kept as bits: a varint takes a byte at least. */
export function isDense(length: number, size: number): boolean {
  return length * 8 >= size;
}

/** The bits of a dense list. */
export function bitsOf({ bitmaps, docsStart, size }: Postings, term: number): Uint32Array {
  const start = docsStart[term] as number;
  return bitmaps.subarray(start, start + ((size + 31) >>> 5));
}

/** The inverted lists as typed arrays: document numbers, field counts and positions of every key. */
import { fieldPrefixes, type TermDictionary } from './term-dictionary.ts';

/** Postings in a block of varints; from the second block on, each has a skip entry. */
export const blockSize = 128;

/** Numbers in a skip entry: the last document before the block, and where its documents begin within the list's. */
export const skipWidth = 2;

/** Positions can be entered at every so many postings of a list. */
export const positionsStep = 32;

/** What a posting's first byte has when more follow, in its other bits as many as it says, or the greatest number when they do not say. */
export const manyPositions = 128;
export const longRun = 127;

/**
 * List `t` has `postingsStart[t + 1] - postingsStart[t]` postings. A list that at least every eighth document is in has a bit for each document,
 * in `bitmaps` from `docsStart[t]`; any other one has varints of the distance to the document before (-1 before the first) in `docs`
 * from `docsStart[t]`, with its skips from `skipsStart[t]`. A posting's byte of field counts has the posting's own number in `fields`.
 * A posting's positions, from `positionsStart[t]` on, are one byte where there is only one below 128, else a byte of 128 and how many bytes
 * follow (from 127 on the number itself follows as a varint), then varints of the distance to the position before: so they are passed over
 * without being read. `entrances` from `positionSkipsStart[t]` say how far behind the start every `positionsStep`-th posting's begin. Stems are the first keys and facts the last ones, so the arrays
 * of positions and counts are as long as those have need of. All starts fit 32 bits up to some ten million papers.
 */
export type Postings = {
  /** Documents of the segment. */
  readonly size: number;
  readonly terms: TermDictionary;
  readonly postingsStart: Uint32Array;
  readonly docsStart: Uint32Array;
  readonly skipsStart: Uint32Array;
  readonly positionsStart: Uint32Array;
  readonly positionSkipsStart: Uint32Array;
  readonly docs: Uint8Array;
  readonly bitmaps: Uint32Array;
  readonly skips: Uint32Array;
  readonly fields: Uint8Array;
  readonly positions: Uint8Array;
  readonly positionSkips: Uint32Array;
};

const lastOf = (kind: string): number => kind.charCodeAt(0);

/** Only stems have positions. */
export function hasPositions(key: Uint8Array): boolean {
  return (key[0] as number) <= lastOf(fieldPrefixes.organizationStem);
}

/** Facts have no field counts. */
export function hasFields(key: Uint8Array): boolean {
  return (key[0] as number) <= lastOf(fieldPrefixes.organizationWord);
}

/** In how many documents a key is, those no longer alive included. */
export function docFrequency({ postingsStart }: Postings, term: number): number {
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

/** Where the next posting's positions begin, `at` being where one's do. */
export function endOfRun(source: Uint8Array, at: number): number {
  const first = source[at] as number;
  if (first < manyPositions) return at + 1;
  return first < (manyPositions | longRun) ? at + 1 + (first - manyPositions) : endOfLongRun(source, at + 1);
}

function endOfLongRun(source: Uint8Array, start: number): number {
  const { value, end } = varintAt(source, start);
  return end + value;
}

/** A varint and where it ends. */
export function varintAt(source: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let at = start;
  let byte = source[at++] as number;
  let value = byte & 127;
  for (let shift = 7; byte > 127; shift += 7) {
    byte = source[at++] as number;
    value |= (byte & 127) << shift;
  }
  return { value, end: at };
}

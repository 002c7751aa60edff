/** Postings of a segment as typed arrays: documents, field frequencies and positions of every term. */
import { fieldPrefixes, type TermDictionary } from './term-dictionary.ts';

/** Postings per block of varints. Every block but the first has a skip entry. */
export const blockSize = 128;

/** Integers per skip entry: the last document before the block, and the block's offset from the term's `docsStart`. */
export const skipWidth = 2;

/** Every posting whose index is a multiple of this has an entry in `positionSkips`, except the first. */
export const positionSkipInterval = 32;

/** Flag in the first byte of a posting's positions: the lower bits are the length in bytes of the following varints. */
export const positionsFlag = 128;
/** Length in the lower bits that means: the length follows as a varint. */
export const longPositions = 127;

/**
 * Term ordinal `t` has `postingsStart[t + 1] - postingsStart[t]` postings. That is its document frequency.
 *
 * Documents: a dense term (`isDense`) has a bitmap, which starts at `bitmaps[docsStart[t]]`. The other terms have
 * varints, which start at `docs[docsStart[t]]`. Each is the distance to the previous document, and the first counts
 * from -1. Their skip data starts at `skips[skipsStart[t]]`.
 *
 * Field frequencies: `fields[i]`, where `i` is the posting's index in the segment.
 *
 * Positions start at `positions[positionsStart[t]]`. A single position below 128 is one byte. Otherwise a byte with
 * `positionsFlag` gives the length, so that a reader can skip the positions. Then follow varints, each the distance to
 * the previous position. Skip entry `k` of `positionSkips`, from `positionSkipsStart[t]` on, is the offset of posting
 * `(k + 1) * positionSkipInterval` from `positionsStart[t]`.
 *
 * Stems are the first terms and keyword terms the last (`fieldPrefixes`), so the arrays of positions and of field
 * frequencies end early. All offsets fit 32 bits up to about ten million papers.
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
  readonly fieldFrequencies: Uint8Array;
  readonly positions: Uint8Array;
  readonly positionSkips: Uint32Array;
};

const byteOf = (prefix: string): number => prefix.charCodeAt(0);

/** Only stems have positions. */
export function hasPositions(term: Uint8Array): boolean {
  return (term[0] as number) <= byteOf(fieldPrefixes.organizationStem);
}

/** Keyword terms have no field frequencies. */
export function hasFieldFrequencies(term: Uint8Array): boolean {
  return (term[0] as number) <= byteOf(fieldPrefixes.organizationWord);
}

/** Returns the number of documents with the term, deleted documents included. */
export function docFrequency({ postingsStart }: Postings, termOrdinal: number): number {
  return (postingsStart[termOrdinal + 1] as number) - (postingsStart[termOrdinal] as number);
}

/** Returns true if the term has a bitmap. From one in eight documents on, varints of a byte or more take no less. */
export function isDense(docFrequency: number, size: number): boolean {
  return docFrequency * 8 >= size;
}

/** Returns the bitmap of a dense term. */
export function bitmapOf({ bitmaps, docsStart, size }: Postings, termOrdinal: number): Uint32Array {
  const start = docsStart[termOrdinal] as number;
  return bitmaps.subarray(start, start + ((size + 31) >>> 5));
}

/** Returns the end of the positions of one posting, which start at `start`. */
export function endOfPositions(bytes: Uint8Array, start: number): number {
  const first = bytes[start] as number;
  if (first < positionsFlag) return start + 1;
  return first < (positionsFlag | longPositions)
    ? start + 1 + (first - positionsFlag)
    : endOfLongPositions(bytes, start + 1);
}

function endOfLongPositions(bytes: Uint8Array, start: number): number {
  const { value, end } = readVarint(bytes, start);
  return end + value;
}

/** Returns the varint that starts at `start` and its end. */
export function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let end = start;
  let byte = bytes[end++] as number;
  let value = byte & 127;
  for (let shift = 7; byte > 127; shift += 7) {
    byte = bytes[end++] as number;
    value |= (byte & 127) << shift;
  }
  return { value, end };
}

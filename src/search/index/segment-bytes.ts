/** Encodes a segment as bytes: a JSON header that names the arrays, then the arrays as they are in memory. */
import { z } from 'zod';
import type { DocValues } from './doc-values.ts';
import type { Postings } from './postings.ts';
import { Segment } from './segment.ts';
import { TermDictionary } from './term-dictionary.ts';

/** Raise it when an array changes its name or meaning. An index of another format is rebuilt from the store. */
export const segmentFormat = 9;

/** Bytes. `Float64Array` must start at a multiple of 8. */
const alignment = 8;

const arrayTypes = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array };
type StoredArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const HeaderSchema = z.object({
  format: z.literal(segmentFormat),
  topics: z.array(z.object({ slug: z.string(), label: z.string() })),
  arrays: z.record(
    z.string(),
    z.object({
      type: z.enum(['Uint8Array', 'Uint16Array', 'Uint32Array', 'Int32Array', 'Float64Array']),
      start: z.int(),
      length: z.int(),
    }),
  ),
});
type Header = z.infer<typeof HeaderSchema>;

/** Returns the bytes in parts, because the arrays are not copied. */
export function encodeSegment(segment: Segment): Uint8Array[] {
  const arrays = arraysOf(segment);
  const header: Header = { format: segmentFormat, topics: [...segment.topics], arrays: {} };
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const [name, array] of Object.entries(arrays)) {
    header.arrays[name] = { type: typeOf(array), start, length: array.length };
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const padding = new Uint8Array(-bytes.length & (alignment - 1));
    parts.push(bytes, padding);
    start += bytes.length + padding.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const size = new Uint8Array(alignment);
  new DataView(size.buffer).setUint32(0, text.length, true);
  return [size, text, new Uint8Array(-text.length & (alignment - 1)), ...parts];
}

/** Throws if `encodeSegment` did not write the bytes. The arrays are views of `bytes`, which must be 8-byte aligned. */
export function decodeSegment(bytes: Uint8Array<ArrayBuffer>): Segment {
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + alignment, headerLength).toString();
  const header = HeaderSchema.parse(JSON.parse(text));
  const base = bytes.byteOffset + alignment + Math.ceil(headerLength / alignment) * alignment;
  const arrays = Object.fromEntries(
    Object.entries(header.arrays).map(([name, { type, start, length }]) => [
      name,
      new arrayTypes[type](bytes.buffer, base + start, length),
    ]),
  ) as unknown as StoredArrays;
  const { termBytes, termStarts, ...rest } = arrays;
  const { postingsStart, docsStart, skipsStart, positionsStart, positionSkipsStart, docs, bitmaps, skips, ...others } =
    rest;
  const { fieldFrequencies, positions, positionSkips, ...docValues } = others;
  const postingsArrays = {
    postingsStart,
    docsStart,
    skipsStart,
    positionsStart,
    positionSkipsStart,
    docs,
    bitmaps,
    skips,
    fieldFrequencies,
    positions,
    positionSkips,
  };
  const postings: Postings = {
    size: docValues.keys.length,
    terms: new TermDictionary(termBytes, termStarts),
    ...postingsArrays,
  };
  return new Segment({ postings, docValues, topics: header.topics });
}

/** Returns the size in bytes of a segment's arrays. */
export function byteLength(segment: Segment): number {
  return arrayBytes(segment)
    .values()
    .reduce((total, bytes) => total + bytes, 0);
}

/** Returns the size in bytes of each array. */
export function arrayBytes(segment: Segment): ReadonlyMap<string, number> {
  return new Map(Object.entries(arraysOf(segment)).map(([name, array]) => [name, array.byteLength]));
}

type StoredArrays = DocValues &
  Omit<Postings, 'terms' | 'size'> & { readonly termBytes: Uint8Array; readonly termStarts: Uint32Array };

function arraysOf({ postings: { terms, size: _, ...postingsArrays }, docValues }: Segment): StoredArrays {
  return { ...docValues, ...postingsArrays, termBytes: terms.bytes, termStarts: terms.starts };
}

function typeOf(array: StoredArray): keyof typeof arrayTypes {
  if (array instanceof Uint8Array) return 'Uint8Array';
  if (array instanceof Uint16Array) return 'Uint16Array';
  if (array instanceof Uint32Array) return 'Uint32Array';
  return array instanceof Int32Array ? 'Int32Array' : 'Float64Array';
}

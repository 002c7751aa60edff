/** Field frequencies: one byte per posting with the term's frequency in each field. */

/** Bits of each field: title counts to 3, abstract to 15, authors and tags to 1. Frequencies saturate. */
export const fieldMasks = {
  title: 0b11000000,
  abstract: 0b00111100,
  author: 0b00000010,
  tag: 0b00000001,
  any: 0xff,
} as const;

export type IndexedField = Exclude<keyof typeof fieldMasks, 'any'>;

export const indexedFields: readonly IndexedField[] = ['title', 'abstract', 'author', 'tag'];

const increments: Readonly<Record<IndexedField, number>> = {
  title: 0b01000000,
  abstract: 0b100,
  author: 0b10,
  tag: 0b1,
};

/** Returns the byte with one more occurrence in `field`. A frequency at its maximum stays. */
export function addOccurrence(byte: number, field: IndexedField): number {
  const mask = fieldMasks[field];
  return (byte & mask) === mask ? byte : byte + increments[field];
}

/** Field weights of BM25F. */
const fieldWeights: Readonly<Record<IndexedField, number>> = { title: 9, abstract: 1, author: 2, tag: 2 };

/** Returns the weighted term frequency of BM25F. */
export function weightedFrequency(byte: number): number {
  return (
    fieldWeights.title * (byte >>> 6) +
    fieldWeights.abstract * ((byte >>> 2) & 15) +
    fieldWeights.author * ((byte >>> 1) & 1) +
    fieldWeights.tag * (byte & 1)
  );
}

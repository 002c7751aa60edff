/** The byte each posting has: how often the term is in each field, and so also in which. */

/** Where the bits of a field are: title up to 3, abstract up to 15, authors and tags yes or no. */
export const fieldMasks = {
  title: 0b11000000,
  abstract: 0b00111100,
  author: 0b00000010,
  tag: 0b00000001,
  any: 0xff,
} as const;

export type IndexedField = Exclude<keyof typeof fieldMasks, 'any'>;

export const indexedFields: readonly IndexedField[] = ['title', 'abstract', 'author', 'tag'];

const one: Readonly<Record<IndexedField, number>> = { title: 0b01000000, abstract: 0b100, author: 0b10, tag: 0b1 };

/** The byte with one more occurrence in `field`; a count that is full stays. */
export function countOne(byte: number, field: IndexedField): number {
  const mask = fieldMasks[field];
  return (byte & mask) === mask ? byte : byte + one[field];
}

/** How much a term weighs in a field: BM25F's weights. */
const fieldWeights: Readonly<Record<IndexedField, number>> = { title: 9, abstract: 1, author: 2, tag: 2 };

/** The weighted number of occurrences a byte stands for. */
export function weightOf(byte: number): number {
  return (
    fieldWeights.title * (byte >>> 6) +
    fieldWeights.abstract * ((byte >>> 2) & 15) +
    fieldWeights.author * ((byte >>> 1) & 1) +
    fieldWeights.tag * (byte & 1)
  );
}

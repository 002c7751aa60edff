/** Finds the highest field frequencies among the words with a prefix, by document. 0: no such word. */
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import { addOccurrence, fieldMasks, indexedFields } from '#search/index/field-frequencies.ts';
import { bitmapOf, docFrequency, isDense } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { edgeNgramTerm, type FieldPrefix, fieldPrefixes } from '#search/index/term-dictionary.ts';

/** Merges the postings of all words with the prefix. Documents outside `set` may have a value too. */
export function wordPrefixFields(
  segment: Segment,
  set: DocSet,
  { fieldPrefix, prefix, mask }: { readonly fieldPrefix: FieldPrefix; readonly prefix: string; readonly mask: number },
): Uint8Array {
  const { postings } = segment;
  const { fieldFrequencies: fields } = postings;
  const highest = segment.buffers.takeBytes();
  const iterator = new PostingsIterator(postings);
  const { from, to } = postings.terms.range(fieldPrefix + prefix);
  for (let ordinal = from; ordinal < to; ordinal++) {
    iterator.open(ordinal);
    const start = iterator.postingsStart;
    while (iterator.nextBlock(set)) {
      const { docs, count } = iterator;
      const first = start + iterator.first;
      for (let i = 0; i < count; i++) {
        const doc = docs[i] as number;
        const frequencies = (fields[first + i] as number) & mask;
        if (frequencies > (highest[doc] as number)) highest[doc] = frequencies;
      }
    }
  }
  return highest;
}

/** Reads the edge n-grams of one or two letters. A posting counts as one occurrence in its field. */
export function edgeNgramFields(
  segment: Segment,
  set: DocSet,
  { letters, mask }: { readonly letters: string; readonly mask: number },
): Uint8Array {
  const { postings } = segment;
  const highest = segment.buffers.takeBytes();
  for (const field of indexedFields) {
    const ordinal =
      (mask & fieldMasks[field]) === 0
        ? -1
        : postings.terms.find(fieldPrefixes.edgeNgram + edgeNgramTerm(letters, field));
    if (ordinal < 0) continue;
    const bit = addOccurrence(0, field);
    if (isDense(docFrequency(postings, ordinal), postings.size))
      markDense(highest, bitmapOf(postings, ordinal), { set, bit });
    else markSparse(highest, new PostingsIterator(postings, ordinal), { set, bit });
  }
  return highest;
}

type Mark = { readonly set: DocSet; readonly bit: number };

function markDense(highest: Uint8Array, docBits: Uint32Array, { set: { words }, bit }: Mark): void {
  for (let i = 0; i < words.length; i++) {
    for (let bits = (words[i] as number) & (docBits[i] as number); bits !== 0; bits &= bits - 1) {
      (highest[(i << 5) | lowestBit(bits)] as number) |= bit;
    }
  }
}

function markSparse(highest: Uint8Array, iterator: PostingsIterator, { set, bit }: Mark): void {
  while (iterator.nextBlock(set))
    for (let i = 0; i < iterator.count; i++) (highest[iterator.docs[i] as number] as number) |= bit;
}

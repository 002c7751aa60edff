/** Where words with a beginning stand: for each document of a set the highest byte of field counts among them, 0 where there is none. */
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import { countOne, fieldMasks, indexedFields } from '#search/index/field-frequencies.ts';
import { bitsOf, docFrequency, isDense } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { edgeNgramTerm, type FieldPrefix, fieldPrefixes } from '#search/index/term-dictionary.ts';

/** Joins the lists of all words that go on from the letters. Documents outside of the set may have a byte too. */
export function fieldsOfWords(
  segment: Segment,
  set: DocSet,
  { word, last, mask }: { readonly word: FieldPrefix; readonly last: string; readonly mask: number },
): Uint8Array {
  const { postings } = segment;
  const { fields } = postings;
  const highest = segment.buffers.takeBytes();
  const blocks = new PostingsIterator(postings);
  const { from, to } = postings.terms.range(word + last);
  for (let term = from; term < to; term++) {
    blocks.open(term);
    const start = blocks.start;
    while (blocks.next(set)) {
      const { docs, count } = blocks;
      const at = start + blocks.first;
      for (let i = 0; i < count; i++) {
        const doc = docs[i] as number;
        const byte = (fields[at + i] as number) & mask;
        if (byte > (highest[doc] as number)) highest[doc] = byte;
      }
    }
  }
  return highest;
}

/** Of one or two letters there is a list for each field, which counts as one occurrence in it. */
export function prefixFieldsOf(
  segment: Segment,
  set: DocSet,
  { letters, mask }: { readonly letters: string; readonly mask: number },
): Uint8Array {
  const { postings } = segment;
  const highest = segment.buffers.takeBytes();
  for (const field of indexedFields) {
    const term =
      (mask & fieldMasks[field]) === 0
        ? -1
        : postings.terms.find(fieldPrefixes.edgeNgram + edgeNgramTerm(letters, field));
    if (term < 0) continue;
    const bit = countOne(0, field);
    if (isDense(docFrequency(postings, term), postings.size)) markBits(highest, bitsOf(postings, term), { set, bit });
    else markBlocks(highest, new PostingsIterator(postings, term), { set, bit });
  }
  return highest;
}

type Mark = { readonly set: DocSet; readonly bit: number };

function markBits(highest: Uint8Array, listed: Uint32Array, { set: { words }, bit }: Mark): void {
  for (let i = 0; i < words.length; i++) {
    for (let bits = (words[i] as number) & (listed[i] as number); bits !== 0; bits &= bits - 1) {
      (highest[(i << 5) | lowestBit(bits)] as number) |= bit;
    }
  }
}

function markBlocks(highest: Uint8Array, blocks: PostingsIterator, { set, bit }: Mark): void {
  while (blocks.next(set)) for (let i = 0; i < blocks.count; i++) (highest[blocks.docs[i] as number] as number) |= bit;
}

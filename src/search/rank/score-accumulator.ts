/** Adds up the scores of documents, list by list. */
import { bitCount, type DocSet, lowestBit } from '#search/index/doc-set.ts';
import { bitsOf, docFrequency, isDense } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { type FilterContext, prefixName } from '#search/match/filter-text.ts';
import type { WeightedTerm } from './bm25f.ts';

export type Scoring = {
  readonly terms: readonly WeightedTerm[];
  readonly table: Uint16Array;
  readonly scores: Uint32Array;
};

/** Adds the terms' scores of the documents in `set` to `scores`. */
export function addScores(reading: FilterContext, set: DocSet, scoring: Scoring): void {
  const { postings } = reading.segment;
  for (const term of scoring.terms) {
    const one = { ...scoring, term, list: postings.terms.find(fieldPrefixes.stem + term.text) };
    if (term.kind === 'prefix') addPrefix(reading, set, one);
    else if (one.list >= 0 && isDense(docFrequency(postings, one.list), postings.size))
      addDense(reading.segment, set, one);
    else if (one.list >= 0) addSparse(reading.segment, set, one);
  }
}

type OneTerm = Omit<Scoring, 'terms'> & { readonly term: WeightedTerm; readonly list: number };

function addSparse(
  { postings, columns: { length } }: Segment,
  set: DocSet,
  { term: { mask, weight }, list, table, scores }: OneTerm,
): void {
  const { fields } = postings;
  const blocks = new PostingsIterator(postings, list);
  const { docs, start } = blocks;
  while (blocks.next(set)) {
    const at = start + blocks.first;
    for (let i = 0; i < blocks.count; i++) {
      const doc = docs[i] as number;
      if (set.has(doc))
        (scores[doc] as number) +=
          weight * (table[(((fields[at + i] as number) & mask) << 8) | (length[doc] as number)] as number);
    }
  }
}

/** The number of a document's posting is the number of bits before its own. */
function addDense(
  { postings, columns: { length } }: Segment,
  { words }: DocSet,
  { term: { mask, weight }, list, table, scores }: OneTerm,
): void {
  const { fields } = postings;
  const listed = bitsOf(postings, list);
  let before = postings.postingsStart[list] as number;
  for (let i = 0; i < listed.length; i++) {
    const word = listed[i] as number;
    const wanted = word & (words[i] as number);
    const isWhole = wanted === (word | 0);
    let next = before;
    for (let bits = wanted; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      const place = isWhole ? next++ : before + bitCount(word & ((bits & -bits) - 1));
      const byte = (fields[place] as number) & mask;
      (scores[doc] as number) += weight * (table[(byte << 8) | (length[doc] as number)] as number);
    }
    before += bitCount(word);
  }
}

/** A prefix scores by the completion that stands in the best field; they were noted when the documents were matched. */
function addPrefix(
  { segment, prefixFields }: FilterContext,
  { words }: DocSet,
  { term: { text, mask, weight }, table, scores }: OneTerm,
): void {
  const highest = prefixFields.get(prefixName(mask, text));
  if (!highest) return;
  const { length } = segment.columns;
  for (let i = 0; i < words.length; i++) {
    for (let bits = words[i] as number; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      (scores[doc] as number) += weight * (table[((highest[doc] as number) << 8) | (length[doc] as number)] as number);
    }
  }
}

/** Adds up the scores of documents, term at a time. */
import { bitCount, type DocSet, lowestBit } from '#search/index/doc-set.ts';
import { bitmapOf, docFrequency, isDense } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { type FilterContext, prefixCacheKey } from '#search/match/filter-text.ts';
import type { WeightedTerm } from './bm25f.ts';

export type Scoring = {
  readonly terms: readonly WeightedTerm[];
  readonly table: Uint16Array;
  readonly scores: Uint32Array;
};

/** Adds the terms' scores of the documents in `set` to `scores`. */
export function addScores(context: FilterContext, set: DocSet, scoring: Scoring): void {
  const { postings } = context.segment;
  for (const term of scoring.terms) {
    const termScoring = { ...scoring, term, ordinal: postings.terms.find(fieldPrefixes.stem + term.text) };
    if (term.kind === 'prefix') addPrefix(context, set, termScoring);
    else if (termScoring.ordinal >= 0 && isDense(docFrequency(postings, termScoring.ordinal), postings.size))
      addDense(context.segment, set, termScoring);
    else if (termScoring.ordinal >= 0) addSparse(context.segment, set, termScoring);
  }
}

type TermScoring = Omit<Scoring, 'terms'> & { readonly term: WeightedTerm; readonly ordinal: number };

function addSparse(
  { postings, docValues: { length } }: Segment,
  set: DocSet,
  { term: { mask, weight }, ordinal, table, scores }: TermScoring,
): void {
  const { fieldFrequencies: fields } = postings;
  const iterator = new PostingsIterator(postings, ordinal);
  const { docs, postingsStart: start } = iterator;
  while (iterator.nextBlock(set)) {
    const first = start + iterator.first;
    for (let i = 0; i < iterator.count; i++) {
      const doc = docs[i] as number;
      if (set.has(doc))
        (scores[doc] as number) +=
          weight * (table[(((fields[first + i] as number) & mask) << 8) | (length[doc] as number)] as number);
    }
  }
}

/** A dense term stores its documents as a bitmap. The number of set bits before a document is its posting's index. */
function addDense(
  { postings, docValues: { length } }: Segment,
  { words }: DocSet,
  { term: { mask, weight }, ordinal, table, scores }: TermScoring,
): void {
  const { fieldFrequencies: fields } = postings;
  const docBits = bitmapOf(postings, ordinal);
  let before = postings.postingsStart[ordinal] as number;
  for (let i = 0; i < docBits.length; i++) {
    const word = docBits[i] as number;
    const common = word & (words[i] as number);
    const isWhole = common === (word | 0);
    let next = before;
    for (let bits = common; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      const index = isWhole ? next++ : before + bitCount(word & ((bits & -bits) - 1));
      const frequencies = (fields[index] as number) & mask;
      (scores[doc] as number) += weight * (table[(frequencies << 8) | (length[doc] as number)] as number);
    }
    before += bitCount(word);
  }
}

/** A prefix scores by the highest field frequencies of its completions. Filtering stored them in `prefixFields`. */
function addPrefix(
  { segment, prefixFields }: FilterContext,
  { words }: DocSet,
  { term: { text, mask, weight }, table, scores }: TermScoring,
): void {
  const fieldFrequencies = prefixFields.get(prefixCacheKey(mask, text));
  if (!fieldFrequencies) return;
  const { length } = segment.docValues;
  for (let i = 0; i < words.length; i++) {
    for (let bits = words[i] as number; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      (scores[doc] as number) +=
        weight * (table[((fieldFrequencies[doc] as number) << 8) | (length[doc] as number)] as number);
    }
  }
}

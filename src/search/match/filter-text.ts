/** Filters documents by words, phrases and prefixes in a field. */
import type { Condition, TextField } from '#core/condition.ts';
import { prefixWordsOf } from '#core/matches.ts';
import { termsOf } from '#core/text/terms.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';
import { bitmapOf, docFrequency, isDense, type Postings } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import {
  edgeNgramLengthMax,
  type FieldPrefix,
  fieldPrefixes,
  type TermDictionary,
} from '#search/index/term-dictionary.ts';
import { filterByPhrase } from './phrase.ts';
import { edgeNgramFields, wordPrefixFields } from './prefix-fields.ts';

/** Filters documents by their stored texts, for conditions that the index cannot decide. */
export type Verify = (segment: Segment, docs: DocSet, condition: Condition) => void;

/** One segment and the intermediate results of one search. */
export type FilterContext = {
  readonly segment: Segment;
  readonly verify: Verify;
  /**
   * By `prefixCacheKey`: the highest field frequencies of the completions in each document.
   * Filtering stores them so that ranking does not read the postings again.
   */
  readonly prefixFields: Map<string, Uint8Array>;
};

/** Starts a search of a segment. Frees the buffers of the segment's previous search. */
export function toFilterContext(segment: Segment, verify: Verify): FilterContext {
  segment.buffers.reset();
  return { segment, verify, prefixFields: new Map() };
}

export const prefixCacheKey = (mask: number, text: string): string => `${mask} ${text}`;

type TextCondition = Extract<Condition, { kind: 'text' }>;

/** Returns the field prefixes of a field's terms and its mask of the field frequencies. */
export function fieldPrefixesOf(field: TextField): {
  readonly stem: FieldPrefix;
  readonly word: FieldPrefix;
  readonly mask: number;
} {
  return field === 'org'
    ? { stem: fieldPrefixes.organizationStem, word: fieldPrefixes.organizationWord, mask: fieldMasks.any }
    : { stem: fieldPrefixes.stem, word: fieldPrefixes.word, mask: fieldMasks[field] };
}

export function filterByText({ segment }: FilterContext, set: DocSet, { field, text }: TextCondition): void {
  const { stem, mask } = fieldPrefixesOf(field);
  const ordinals = termsOf(text).map((term) => segment.postings.terms.find(stem + term));
  if (ordinals.includes(-1)) {
    set.clear();
    return;
  }
  const rarestFirst = [...new Set(ordinals)].sort(
    (a, b) => segment.documentFrequency(a) - segment.documentFrequency(b),
  );
  for (const ordinal of rarestFirst) filterByTerms(segment, set, { ordinals: [ordinal], mask });
  if (ordinals.length > 1) filterByPhrase(segment, set, { ordinals, field });
}

export function filterByPrefix(
  { segment, verify, prefixFields }: FilterContext,
  set: DocSet,
  condition: TextCondition,
): void {
  const { word, mask } = fieldPrefixesOf(condition.field);
  const words = prefixWordsOf(condition.text);
  const { terms: dictionary } = segment.postings;
  for (const whole of words.slice(0, -1))
    filterByTerms(segment, set, { ordinals: [dictionary.find(word + whole)], mask });
  const last = words.at(-1);
  if (last === undefined) return;
  const isShort = word === fieldPrefixes.word && Array.from(last).length <= edgeNgramLengthMax;
  const fieldFrequencies = isShort
    ? edgeNgramFields(segment, set, { letters: last, mask })
    : wordPrefixFields(segment, set, { fieldPrefix: word, prefix: last, mask });
  set.intersectBytes(fieldFrequencies);
  prefixFields.set(prefixCacheKey(mask, last), fieldFrequencies);
  // Unstemmed words have no positions, so the stored texts decide whether the words are adjacent.
  if (words.length > 1) verify(segment, set, condition);
}

/** Returns the ordinals of all terms that start with `prefix`. */
export function ordinalsWithPrefix(dictionary: TermDictionary, prefix: string): readonly number[] {
  const { from, to } = dictionary.range(prefix);
  return Array.from({ length: to - from }, (_, i) => from + i);
}

type AnyTerm = { readonly ordinals: readonly number[]; readonly mask: number };

/** Keeps the documents that have at least one of the terms in a field of the mask. -1 matches no document. */
export function filterByTerms(segment: Segment, set: DocSet, { ordinals, mask }: AnyTerm): void {
  const [only = -1] = ordinals;
  if (ordinals.length === 1 && only >= 0 && mask === fieldMasks.any && isDenseTerm(segment, only)) {
    set.andWords(bitmapOf(segment.postings, only));
    return;
  }
  const { buffers } = segment;
  const mark = buffers.setsInUse;
  const found = buffers.takeEmpty();
  const iterator = new PostingsIterator(segment.postings);
  for (const ordinal of ordinals) {
    if (ordinal < 0) continue;
    if (mask === fieldMasks.any && isDenseTerm(segment, ordinal)) found.orWords(bitmapOf(segment.postings, ordinal));
    else addDocuments(segment.postings, iterator, { ordinal, mask, set, found });
  }
  set.and(found);
  buffers.release(mark);
}

function isDenseTerm({ postings, size }: Segment, ordinal: number): boolean {
  return isDense(docFrequency(postings, ordinal), size);
}

type OneTerm = { readonly ordinal: number; readonly mask: number; readonly set: DocSet; readonly found: DocSet };

function addDocuments(postings: Postings, iterator: PostingsIterator, { ordinal, mask, set, found }: OneTerm): void {
  const { fieldFrequencies: fields } = postings;
  const { words } = found;
  iterator.open(ordinal);
  while (iterator.nextBlock(set)) {
    const { docs, count } = iterator;
    const first = iterator.postingsStart + iterator.first;
    for (let i = 0; i < count; i++) {
      const doc = docs[i] as number;
      if (mask === fieldMasks.any || ((fields[first + i] as number) & mask) !== 0)
        (words[doc >>> 5] as number) |= 1 << (doc & 31);
    }
  }
}

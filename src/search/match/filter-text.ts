/** Narrows a set of documents to those with words, phrases and beginnings of words in a field. */
import type { Condition, TextField } from '#core/condition.ts';
import { prefixWordsOf } from '#core/matches.ts';
import { termsOf } from '#core/text/terms.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';
import { bitsOf, docFrequency, isDense, type Postings } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import {
  edgeNgramLengthMax,
  type FieldPrefix,
  fieldPrefixes,
  type TermDictionary,
} from '#search/index/term-dictionary.ts';
import { filterByPhrase } from './phrase.ts';
import { fieldsOfWords, prefixFieldsOf } from './prefix-fields.ts';

/** Whether the documents' own texts hold a condition: asked for the few that the index cannot decide. */
export type Verify = (segment: Segment, docs: DocSet, condition: Condition) => void;

/** The segment that is read for one search. */
export type FilterContext = {
  readonly segment: Segment;
  readonly verify: Verify;
  /** By prefix: the highest field byte of its completions in each document that was looked at, so that ranking need not walk them again. */
  readonly prefixFields: Map<string, Uint8Array>;
};

/** Begins to read a segment: what the last search of it took as room to work in is free again. */
export function toFilterContext(segment: Segment, verify: Verify): FilterContext {
  segment.buffers.reset();
  return { segment, verify, prefixFields: new Map() };
}

/** The name under which the field bytes of a prefix are kept. */
export const prefixName = (mask: number, text: string): string => `${mask} ${text}`;

type TextCondition = Extract<Condition, { kind: 'text' }>;

/** Where the terms of a field are: kind of key and bits of the field byte. */
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
  const keys = termsOf(text).map((term) => segment.postings.terms.find(stem + term));
  if (keys.includes(-1)) {
    set.clear();
    return;
  }
  const rarestFirst = [...new Set(keys)].sort((a, b) => segment.documentFrequency(a) - segment.documentFrequency(b));
  for (const key of rarestFirst) filterByTerms(segment, set, { terms: [key], mask });
  if (keys.length > 1) filterByPhrase(segment, set, { terms: keys, field });
}

export function filterByPrefix(
  { segment, verify, prefixFields }: FilterContext,
  set: DocSet,
  condition: TextCondition,
): void {
  const { word, mask } = fieldPrefixesOf(condition.field);
  const words = prefixWordsOf(condition.text);
  const { terms: vocabulary } = segment.postings;
  for (const before of words.slice(0, -1))
    filterByTerms(segment, set, { terms: [vocabulary.find(word + before)], mask });
  const last = words.at(-1);
  if (last === undefined) return;
  const isShort = word === fieldPrefixes.word && Array.from(last).length <= edgeNgramLengthMax;
  const highest = isShort
    ? prefixFieldsOf(segment, set, { letters: last, mask })
    : fieldsOfWords(segment, set, { word, last, mask });
  set.keepMarked(highest);
  prefixFields.set(prefixName(mask, last), highest);
  // Surface words have no positions: that several stand side by side only the texts can tell, and such prefixes are rare.
  if (words.length > 1) verify(segment, set, condition);
}

/** Numbers of all keys that begin with `prefix`. */
export function termsFrom(vocabulary: TermDictionary, prefix: string): readonly number[] {
  const { from, to } = vocabulary.range(prefix);
  const terms: number[] = [];
  for (let term = from; term < to; term++) terms.push(term);
  return terms;
}

type TermsInField = { readonly terms: readonly number[]; readonly mask: number };

/** Keeps the documents that have one of the terms in a field of the mask. */
export function filterByTerms(segment: Segment, set: DocSet, { terms, mask }: TermsInField): void {
  const [only = -1] = terms;
  if (terms.length === 1 && only >= 0 && mask === fieldMasks.any && isDenseTerm(segment, only)) {
    set.andWords(bitsOf(segment.postings, only));
    return;
  }
  const { buffers: scratch } = segment;
  const mark = scratch.taken;
  const found = scratch.takeEmpty();
  const blocks = new PostingsIterator(segment.postings);
  for (const term of terms) {
    if (term < 0) continue;
    if (mask === fieldMasks.any && isDenseTerm(segment, term)) found.orWords(bitsOf(segment.postings, term));
    else addDocuments(segment.postings, blocks, { term, mask, set, found });
  }
  set.and(found);
  scratch.release(mark);
}

function isDenseTerm({ postings, size }: Segment, term: number): boolean {
  return isDense(docFrequency(postings, term), size);
}

type OneTerm = { readonly term: number; readonly mask: number; readonly set: DocSet; readonly found: DocSet };

function addDocuments(postings: Postings, blocks: PostingsIterator, { term, mask, set, found }: OneTerm): void {
  const { fields } = postings;
  const { words } = found;
  blocks.open(term);
  while (blocks.next(set)) {
    const { docs, count } = blocks;
    const at = blocks.start + blocks.first;
    for (let i = 0; i < count; i++) {
      const doc = docs[i] as number;
      if (mask === fieldMasks.any || ((fields[at + i] as number) & mask) !== 0)
        (words[doc >>> 5] as number) |= 1 << (doc & 31);
    }
  }
}

/** Narrows a set of documents to those with words, phrases and beginnings of words in a field. */
import type { Condition, TextField } from '#core/condition';
import { prefixWordsOf } from '#core/matches';
import { termsOf } from '#core/terms';
import { DocSet } from './doc-set.ts';
import { fieldMasks } from './field-counts.ts';
import { narrowToPhrase } from './phrase.ts';
import type { Segment } from './segment.ts';
import { TermBlocks } from './term-blocks.ts';
import { beginningMax, type KeyKind, keyKinds, type Vocabulary } from './vocabulary.ts';

/** Whether the documents' own texts hold a condition: asked for the few that the index cannot decide. */
export type Verify = (segment: Segment, docs: DocSet, condition: Condition) => void;

/** The segment that is read for one search. */
export type Reading = {
  readonly segment: Segment;
  readonly verify: Verify;
  /** By prefix: the highest field byte of its completions in each document that was looked at, so that ranking need not walk them again. */
  readonly prefixFields: Map<string, Uint8Array>;
};

export function toReading(segment: Segment, verify: Verify): Reading {
  return { segment, verify, prefixFields: new Map() };
}

/** The name under which the field bytes of a prefix are kept. */
export const prefixName = (mask: number, text: string): string => `${mask} ${text}`;

type TextCondition = Extract<Condition, { kind: 'text' }>;

/** Where the terms of a field are: kind of key and bits of the field byte. */
export function keysOfField(field: TextField): { readonly stem: KeyKind; readonly word: KeyKind; readonly mask: number } {
  return field === 'org'
    ? { stem: keyKinds.organizationStem, word: keyKinds.organizationWord, mask: fieldMasks.any }
    : { stem: keyKinds.stem, word: keyKinds.word, mask: fieldMasks[field] };
}

export function narrowToText({ segment }: Reading, set: DocSet, { field, text }: TextCondition): void {
  const { stem, mask } = keysOfField(field);
  const keys = termsOf(text).map((term) => segment.postings.vocabulary.find(stem + term));
  if (keys.includes(-1)) {
    set.clear();
    return;
  }
  const rarestFirst = [...new Set(keys)].sort((a, b) => segment.documentFrequency(a) - segment.documentFrequency(b));
  for (const key of rarestFirst) narrowToTerms(segment, set, { terms: [key], mask });
  if (keys.length > 1) narrowToPhrase(segment, set, { terms: keys, field });
}

export function narrowToPrefix({ segment, verify, prefixFields }: Reading, set: DocSet, condition: TextCondition): void {
  const { word, mask } = keysOfField(condition.field);
  const words = prefixWordsOf(condition.text);
  const { vocabulary } = segment.postings;
  for (const before of words.slice(0, -1)) narrowToTerms(segment, set, { terms: [vocabulary.find(word + before)], mask });
  const last = words.at(-1);
  if (last === undefined) return;
  prefixFields.set(prefixName(mask, last), narrowToHighest(segment, set, { terms: completions(vocabulary, word, last), mask }));
  // Surface words have no positions: that several stand side by side only the texts can tell, and such prefixes are rare.
  if (words.length > 1) verify(segment, set, condition);
}

/** The lists that together have every word with this beginning: one, where it is short. */
function completions(vocabulary: Vocabulary, word: KeyKind, prefix: string): readonly number[] {
  if (word !== keyKinds.word || Array.from(prefix).length > beginningMax) return termsFrom(vocabulary, word + prefix);
  const own = vocabulary.find(keyKinds.beginning + prefix);
  return own < 0 ? [] : [own];
}

/** Numbers of all keys that begin with `prefix`. */
export function termsFrom(vocabulary: Vocabulary, prefix: string): readonly number[] {
  const { from, to } = vocabulary.range(prefix);
  return Array.from({ length: to - from }, (_, i) => from + i);
}

type TermsInField = { readonly terms: readonly number[]; readonly mask: number };

/** Keeps the documents that have one of the terms in a field of the mask. */
export function narrowToTerms(segment: Segment, set: DocSet, { terms, mask }: TermsInField): void {
  const found = new DocSet(set.size);
  const { fields } = segment.postings;
  const blocks = new TermBlocks(segment.postings);
  for (const term of terms) {
    if (term < 0) continue;
    blocks.open(term);
    while (blocks.next(set)) {
      const { docs, count, first } = blocks;
      if (mask === fieldMasks.any) for (let i = 0; i < count; i++) found.add(docs[i] as number);
      else for (let i = 0; i < count; i++) if ((fields[first + i] as number) & mask) found.add(docs[i] as number);
    }
  }
  set.and(found);
}

/** The same, with the highest field byte among the terms for each document that may be in the set. */
function narrowToHighest(segment: Segment, set: DocSet, { terms, mask }: TermsInField): Uint8Array {
  const highest = new Uint8Array(segment.size);
  const { fields } = segment.postings;
  const blocks = new TermBlocks(segment.postings);
  for (const term of terms) {
    blocks.open(term);
    while (blocks.next(set)) {
      const { docs, count, first } = blocks;
      for (let i = 0; i < count; i++) {
        const byte = (fields[first + i] as number) & mask;
        if (byte > (highest[docs[i] as number] as number)) highest[docs[i] as number] = byte;
      }
    }
  }
  const found = new DocSet(set.size);
  for (let doc = 0; doc < highest.length; doc++) if (highest[doc] !== 0) found.add(doc);
  set.and(found);
  return highest;
}

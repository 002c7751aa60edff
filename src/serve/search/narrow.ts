/** Narrows a set of documents to those for which a condition holds: the engine's reading of `matches`. */
import { parseArxivId } from '#core/arxiv-id';
import type { Condition, HasKind, NumberRange, TextField } from '#core/condition';
import { type DayRange, dayNumber } from '#core/day';
import { prefixWordsOf } from '#core/matches';
import { foldText, termsOf } from '#core/terms';
import { flagBits, undated, unknown } from './columns.ts';
import { DocSet } from './doc-set.ts';
import { fieldMasks } from './field-counts.ts';
import { narrowToPhrase } from './phrase.ts';
import type { Segment } from './segment.ts';
import { TermBlocks } from './term-blocks.ts';
import { type KeyKind, keyKinds } from './vocabulary.ts';

/** Whether the documents' own texts hold a condition: asked for the few that the index cannot decide. */
export type Verify = (segment: Segment, docs: DocSet, condition: Condition) => void;

type TextCondition = Extract<Condition, { kind: 'text' }>;

/** Narrows `set` to the documents for which all conditions hold, the most selective first. */
export function narrowToAll(segment: Segment, set: DocSet, { where, verify }: { readonly where: readonly Condition[]; readonly verify: Verify }): void {
  const ordered = where.map((condition) => ({ condition, cost: costOf(segment, condition) })).sort((a, b) => a.cost - b.cost);
  for (const { condition } of ordered) narrow(segment, set, { condition, verify });
}

export function narrow(segment: Segment, set: DocSet, { condition, verify }: { readonly condition: Condition; readonly verify: Verify }): void {
  switch (condition.kind) {
    case 'text':
      return condition.match === 'prefix' ? narrowToPrefix(segment, set, { condition, verify }) : narrowToText(segment, set, condition);
    case 'tag':
    case 'category':
    case 'authorName':
    case 'id':
      return narrowToAnyKey(segment, set, factKeysOf(condition));
    case 'not': {
      const holding = set.clone();
      narrow(segment, holding, { condition: condition.condition, verify });
      return set.andNot(holding);
    }
    case 'anyOf': {
      const holding = new DocSet(set.size);
      for (const one of condition.conditions) {
        const part = set.clone();
        narrow(segment, part, { condition: one, verify });
        holding.or(part);
      }
      return set.and(holding);
    }
    default:
      return set.filter(columnTest(segment, condition));
  }
}

type FactCondition = Extract<Condition, { kind: 'tag' | 'category' | 'authorName' | 'id' }>;

function factKeysOf(condition: FactCondition): string[] {
  switch (condition.kind) {
    case 'tag':
      return [keyKinds.tag + condition.slug];
    case 'category':
      return [keyKinds.category + condition.name.toLowerCase()];
    case 'authorName':
      return [keyKinds.authorName + foldText(condition.name)];
    case 'id': {
      const arxivId = parseArxivId(condition.id)?.id;
      return [keyKinds.id + condition.id, ...(arxivId === undefined ? [] : [keyKinds.id + arxivId])];
    }
    default:
      return condition satisfies never;
  }
}

/** Where the terms of a field are: kind of key and bits of the field byte. */
export function keysOfField(field: TextField): { readonly stem: KeyKind; readonly word: KeyKind; readonly mask: number } {
  return field === 'org'
    ? { stem: keyKinds.organizationStem, word: keyKinds.organizationWord, mask: fieldMasks.any }
    : { stem: keyKinds.stem, word: keyKinds.word, mask: fieldMasks[field] };
}

function narrowToText(segment: Segment, set: DocSet, { field, text }: TextCondition): void {
  const { stem, mask } = keysOfField(field);
  const keys = termsOf(text).map((term) => segment.postings.vocabulary.find(stem + term));
  if (keys.includes(-1)) return set.clear();
  const rarestFirst = [...new Set(keys)].sort((a, b) => segment.documentFrequency(a) - segment.documentFrequency(b));
  for (const key of rarestFirst) narrowToTerms(segment, set, { terms: [key], mask });
  if (keys.length > 1) narrowToPhrase(segment, set, { terms: keys, field });
}

function narrowToPrefix(segment: Segment, set: DocSet, { condition, verify }: { readonly condition: TextCondition; readonly verify: Verify }): void {
  const { word, mask } = keysOfField(condition.field);
  const words = prefixWordsOf(condition.text);
  const { vocabulary } = segment.postings;
  for (const before of words.slice(0, -1)) narrowToTerms(segment, set, { terms: [vocabulary.find(word + before)], mask });
  const last = words.at(-1);
  if (last === undefined) return;
  const { from, to } = vocabulary.range(word + last);
  narrowToTerms(segment, set, { terms: range(from, to), mask });
  // Surface words have no positions: that several stand side by side only the texts can tell, and such prefixes are rare.
  if (words.length > 1) verify(segment, set, condition);
}

function* range(from: number, to: number): Generator<number> {
  for (let i = from; i < to; i++) yield i;
}

function narrowToAnyKey(segment: Segment, set: DocSet, keys: readonly string[]): void {
  narrowToTerms(segment, set, { terms: keys.map((key) => segment.postings.vocabulary.find(key)), mask: fieldMasks.any });
}

/** Keeps the documents that have one of the terms in a field of the mask. */
function narrowToTerms(segment: Segment, set: DocSet, { terms, mask }: { readonly terms: Iterable<number>; readonly mask: number }): void {
  const found = new DocSet(set.size);
  const blocks = new TermBlocks(segment.postings);
  const { fields } = segment.postings;
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

type ColumnCondition = Exclude<Condition, { kind: 'text' | 'not' | 'anyOf' } | FactCondition>;

function columnTest({ columns }: Segment, condition: ColumnCondition): (doc: number) => boolean {
  switch (condition.kind) {
    case 'authorCount':
    case 'upvotes':
    case 'commentCount':
      return isInRange(columns[condition.kind], condition);
    case 'publishedOn': {
      const { first, last } = dayBounds(condition);
      const { from, to } = columns;
      return (doc) => from[doc] !== undated && (from[doc] as number) >= first && (to[doc] as number) <= last;
    }
    case 'listedOn': {
      const { first, last } = dayBounds(condition);
      const { listingsStart: start, listingDays: days } = columns;
      return (doc) => {
        for (let i = start[doc] as number; i < (start[doc + 1] as number); i++) {
          if ((days[i] as number) >= first && (days[i] as number) <= last) return true;
        }
        return false;
      };
    }
    case 'has':
      return condition.what === 'comments' ? (doc) => (columns.commentCount[doc] as number) > 0 : hasFlag(columns.flags, condition.what);
    default:
      return condition satisfies never;
  }
}

function hasFlag(flags: Uint8Array, what: Exclude<HasKind, 'comments'>): (doc: number) => boolean {
  return (doc) => ((flags[doc] as number) & flagBits[what]) !== 0;
}

function isInRange(column: Int32Array, { min, max }: NumberRange): (doc: number) => boolean {
  const [low, high] = [min ?? 0, max ?? Number.POSITIVE_INFINITY];
  return (doc) => column[doc] !== unknown && (column[doc] as number) >= low && (column[doc] as number) <= high;
}

export function dayBounds({ from, to }: DayRange): { readonly first: number; readonly last: number } {
  return { first: from === null ? undated : dayNumber(from), last: to === null ? Number.POSITIVE_INFINITY : dayNumber(to) };
}

/** About how many documents a condition leaves, as far as it is cheap to know: only the order of work depends on it. */
function costOf(segment: Segment, condition: Condition): number {
  const { vocabulary } = segment.postings;
  switch (condition.kind) {
    case 'text': {
      if (condition.match === 'prefix') return segment.size;
      const { stem } = keysOfField(condition.field);
      const frequencies = termsOf(condition.text).map((term) => segment.documentFrequency(vocabulary.find(stem + term)));
      return Math.min(segment.size, ...frequencies) + (frequencies.length > 1 ? 1 : 0);
    }
    case 'tag':
    case 'category':
    case 'authorName':
    case 'id':
      return Math.max(...factKeysOf(condition).map((key) => segment.documentFrequency(vocabulary.find(key))));
    case 'not':
    case 'anyOf':
      return segment.size + 2;
    default:
      return segment.size + 1;
  }
}

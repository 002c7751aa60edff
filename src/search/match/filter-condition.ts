/** Narrows a set of documents to those for which a condition holds: the engine's reading of `matches`. */
import { parseArxivId } from '#core/arxiv-id.ts';
import type { Condition } from '#core/condition.ts';
import { termsOf } from '#core/text/terms.ts';
import type { DocSet } from '#search/index/doc-set.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';
import type { Segment } from '#search/index/segment.ts';
import { authorName, fieldPrefixes } from '#search/index/term-dictionary.ts';
import { filterByDocValue } from './filter-doc-values.ts';
import {
  type FilterContext,
  fieldPrefixesOf,
  filterByPrefix,
  filterByTerms,
  filterByText,
  termsFrom,
} from './filter-text.ts';

/** Narrows `set` to the documents for which all conditions hold, the most selective first. */
export function filterByConditions(reading: FilterContext, set: DocSet, where: readonly Condition[]): void {
  const ordered = where
    .map((condition) => ({ condition, cost: costOf(reading.segment, condition) }))
    .sort((a, b) => a.cost - b.cost);
  for (const { condition } of ordered) filterByCondition(reading, set, condition);
}

export function filterByCondition(reading: FilterContext, set: DocSet, condition: Condition): void {
  const { segment } = reading;
  switch (condition.kind) {
    case 'text':
      if (condition.match === 'prefix') filterByPrefix(reading, set, condition);
      else filterByText(reading, set, condition);
      break;
    case 'tag':
    case 'category':
    case 'authorName':
    case 'id':
      filterByTerms(segment, set, { terms: factTerms(segment, condition), mask: fieldMasks.any });
      break;
    case 'not':
      withHolding(reading, set, { conditions: [condition.condition], apply: (holding) => set.andNot(holding) });
      break;
    case 'anyOf':
      withHolding(reading, set, { conditions: condition.conditions, apply: (holding) => set.and(holding) });
      break;
    default:
      filterByDocValue(segment, set, condition);
  }
}

type Holding = { readonly conditions: readonly Condition[]; readonly apply: (holding: DocSet) => void };

/** Hands over the documents of `set` for which one of the conditions holds; they are gone afterwards. */
function withHolding(reading: FilterContext, set: DocSet, { conditions, apply }: Holding): void {
  const { buffers: scratch } = reading.segment;
  const mark = scratch.taken;
  const words = conditions.filter(isWord);
  // One walk for all bare words: a long question is many of them.
  const all = scratch.takeCopy(set);
  filterByTerms(reading.segment, all, {
    terms: words.map(({ text }) => findWord(reading.segment, text)),
    mask: fieldMasks.any,
  });
  const part = scratch.takeSet();
  for (const condition of conditions) {
    if (isWord(condition)) continue;
    part.words.set(set.words);
    filterByCondition(reading, part, condition);
    all.or(part);
  }
  apply(all);
  scratch.release(mark);
}

type TextCondition = Extract<Condition, { kind: 'text' }>;

/** Whether it asks for a single term anywhere. */
function isWord(condition: Condition): condition is TextCondition {
  return (
    condition.kind === 'text' &&
    condition.match !== 'prefix' &&
    condition.field === 'any' &&
    termsOf(condition.text).length === 1
  );
}

function findWord({ postings: { terms: vocabulary } }: Segment, text: string): number {
  return vocabulary.find(fieldPrefixes.stem + (termsOf(text)[0] ?? ''));
}

type FactCondition = Extract<Condition, { kind: 'tag' | 'category' | 'authorName' | 'id' }>;

/** Numbers of the keys under which the papers of an exact fact are. */
function factTerms({ postings: { terms: vocabulary } }: Segment, condition: FactCondition): readonly number[] {
  switch (condition.kind) {
    case 'tag':
      return [vocabulary.find(fieldPrefixes.tag + condition.slug)];
    case 'category':
      return [vocabulary.find(fieldPrefixes.category + condition.name.toLowerCase())];
    case 'authorName':
      return termsFrom(vocabulary, fieldPrefixes.authorName + authorName(condition.name));
    case 'id':
      return [condition.id, parseArxivId(condition.id)?.id].map((id) =>
        id === undefined ? -1 : vocabulary.find(fieldPrefixes.id + id),
      );
    default:
      return condition satisfies never;
  }
}

/** About how many documents a condition leaves, as far as it is cheap to know: only the order of work depends on it. */
function costOf(segment: Segment, condition: Condition): number {
  const { terms: vocabulary } = segment.postings;
  switch (condition.kind) {
    case 'text': {
      if (condition.match === 'prefix') return segment.size;
      const { stem } = fieldPrefixesOf(condition.field);
      const frequencies = termsOf(condition.text).map((term) =>
        segment.documentFrequency(vocabulary.find(stem + term)),
      );
      return Math.min(segment.size, ...frequencies) + (frequencies.length > 1 ? 1 : 0);
    }
    case 'tag':
    case 'category':
    case 'authorName':
    case 'id':
      return factTerms(segment, condition).reduce((total, term) => total + segment.documentFrequency(term), 0);
    case 'not':
    case 'anyOf':
      return segment.size + 2;
    default:
      return segment.size + 1;
  }
}

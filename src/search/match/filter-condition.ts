/** Filters a set of documents by conditions. Selects the same papers as `matches` in `core/matches.ts`. */
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
  ordinalsWithPrefix,
} from './filter-text.ts';

/** Keeps the documents that match all conditions. Applies the most selective condition first. */
export function filterByConditions(context: FilterContext, set: DocSet, where: readonly Condition[]): void {
  const ordered = where
    .map((condition) => ({ condition, cost: costOf(context.segment, condition) }))
    .sort((a, b) => a.cost - b.cost);
  for (const { condition } of ordered) filterByCondition(context, set, condition);
}

export function filterByCondition(context: FilterContext, set: DocSet, condition: Condition): void {
  const { segment } = context;
  switch (condition.kind) {
    case 'text':
      if (condition.match === 'prefix') filterByPrefix(context, set, condition);
      else filterByText(context, set, condition);
      break;
    case 'tag':
    case 'category':
    case 'authorName':
    case 'id':
      filterByTerms(segment, set, { ordinals: keywordOrdinals(segment, condition), mask: fieldMasks.any });
      break;
    case 'not':
      withUnion(context, set, { conditions: [condition.condition], apply: (matches) => set.andNot(matches) });
      break;
    case 'anyOf':
      withUnion(context, set, { conditions: condition.conditions, apply: (matches) => set.and(matches) });
      break;
    default:
      filterByDocValue(segment, set, condition);
  }
}

type AnyOf = { readonly conditions: readonly Condition[]; readonly apply: (matches: DocSet) => void };

/** Passes the documents of `set` that match any condition to `apply`. Their buffers are reused after the call. */
function withUnion(context: FilterContext, set: DocSet, { conditions, apply }: AnyOf): void {
  const { buffers } = context.segment;
  const mark = buffers.setsInUse;
  const singleTerms = conditions.filter(isSingleTerm);
  // A long query has many single terms, so one pass finds the documents of all of them.
  const union = buffers.takeCopy(set);
  filterByTerms(context.segment, union, {
    ordinals: singleTerms.map(({ text }) => findOrdinal(context.segment, text)),
    mask: fieldMasks.any,
  });
  const matches = buffers.takeSet();
  for (const condition of conditions) {
    if (isSingleTerm(condition)) continue;
    matches.words.set(set.words);
    filterByCondition(context, matches, condition);
    union.or(matches);
  }
  apply(union);
  buffers.release(mark);
}

type TextCondition = Extract<Condition, { kind: 'text' }>;

/** Whether the condition matches a single term in any field. */
function isSingleTerm(condition: Condition): condition is TextCondition {
  return (
    condition.kind === 'text' &&
    condition.match !== 'prefix' &&
    condition.field === 'any' &&
    termsOf(condition.text).length === 1
  );
}

function findOrdinal({ postings: { terms: dictionary } }: Segment, text: string): number {
  return dictionary.find(fieldPrefixes.stem + (termsOf(text)[0] ?? ''));
}

type KeywordCondition = Extract<Condition, { kind: 'tag' | 'category' | 'authorName' | 'id' }>;

/** Term ordinals of a condition on a keyword field. -1 if a term is not in the dictionary. */
function keywordOrdinals({ postings: { terms: dictionary } }: Segment, condition: KeywordCondition): readonly number[] {
  switch (condition.kind) {
    case 'tag':
      return [dictionary.find(fieldPrefixes.tag + condition.slug)];
    case 'category':
      return [dictionary.find(fieldPrefixes.category + condition.name.toLowerCase())];
    case 'authorName':
      return ordinalsWithPrefix(dictionary, fieldPrefixes.authorName + authorName(condition.name));
    case 'id':
      return [condition.id, parseArxivId(condition.id)?.id].map((id) =>
        id === undefined ? -1 : dictionary.find(fieldPrefixes.id + id),
      );
    default:
      return condition satisfies never;
  }
}

/** Cheap estimate of how many documents match. Only the order of evaluation depends on it. */
function costOf(segment: Segment, condition: Condition): number {
  const { terms: dictionary } = segment.postings;
  switch (condition.kind) {
    case 'text': {
      if (condition.match === 'prefix') return segment.size;
      const { stem } = fieldPrefixesOf(condition.field);
      const frequencies = termsOf(condition.text).map((term) =>
        segment.documentFrequency(dictionary.find(stem + term)),
      );
      return Math.min(segment.size, ...frequencies) + (frequencies.length > 1 ? 1 : 0);
    }
    case 'tag':
    case 'category':
    case 'authorName':
    case 'id':
      return keywordOrdinals(segment, condition).reduce(
        (total, ordinal) => total + segment.documentFrequency(ordinal),
        0,
      );
    case 'not':
    case 'anyOf':
      return segment.size + 2;
    default:
      return segment.size + 1;
  }
}

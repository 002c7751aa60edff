/** Corrects the unknown words of a query: first all at once, then with the next suggestion for one word. */
import type { Condition } from '#core/condition.ts';
import type { Correction } from '#core/ports/papers.ts';
import { foldText } from '#core/text/terms.ts';
import { toQuery } from './edit-query.ts';
import type { PaperQuery } from './paper-query.ts';

export type CorrectedQuery = {
  /** The corrected words, `speculative decoding`. */
  readonly label: string;
  readonly query: PaperQuery;
};

const correctedMax = 3;

/** Returns up to three queries: first with the best suggestion for every word, then with another one for one word. */
export function correctQuery(query: PaperQuery, corrections: readonly Correction[]): CorrectedQuery[] {
  const best = corrections.flatMap(({ word, suggestions }) =>
    suggestions[0] ? [{ word, text: suggestions[0].text }] : [],
  );
  if (best.length === 0) return [];
  const others = corrections.flatMap(({ word, suggestions }) =>
    suggestions.slice(1).map(({ text }) => best.map((part) => (part.word === word ? { word, text } : part))),
  );
  return [best, ...others]
    .slice(0, correctedMax)
    .map((words) => ({ label: words.map(({ text }) => text).join(' '), query: replaceWords(query, words) }));
}

type Replacement = { readonly word: string; readonly text: string };

function replaceWords(query: PaperQuery, words: readonly Replacement[]): PaperQuery {
  const texts = new Map(words.map(({ word, text }) => [foldText(word), text]));
  return toQuery(
    query.where.map((condition) => replaceIn(condition, texts)),
    query.sort,
  );
}

function replaceIn(condition: Condition, texts: ReadonlyMap<string, string>): Condition {
  if (condition.kind === 'anyOf')
    return { ...condition, conditions: condition.conditions.map((part) => replaceIn(part, texts)) };
  if (condition.kind !== 'text') return condition;
  return {
    ...condition,
    text: condition.text.replace(/[\p{L}\p{N}\p{M}]+/gu, (part) => texts.get(foldText(part)) ?? part),
  };
}

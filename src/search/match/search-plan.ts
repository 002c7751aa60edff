/** What a request's conditions ask of ranking: which words may be missing, and which terms score. */
import type { Condition } from '#core/condition.ts';
import { prefixWordsOf } from '#core/matches.ts';
import { contentWordsOf, termsOf } from '#core/text/terms.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';

/** A term that scores: a stem, or the beginning of surface words. `times` is how often the query has it. */
export type ScoredTerm = {
  readonly kind: 'stem' | 'prefix';
  readonly text: string;
  readonly mask: number;
  times: number;
};

export type SearchPlan = {
  /** Every condition once: a word that is said again counts for the ranking only. */
  readonly all: readonly Condition[];
  /** What every result must hold, partial ones too. */
  readonly hard: readonly Condition[];
  /** Phrases anywhere: hard as well, unless no paper with any of the words has them. */
  readonly phrases: readonly Condition[];
  /** Bare words: all are wanted, some may be missing. */
  readonly words: readonly Condition[];
  readonly scored: readonly ScoredTerm[];
};

export function planSearch(where: readonly Condition[]): SearchPlan {
  const scored = new Map<string, ScoredTerm>();
  for (const condition of where) addScored(scored, condition);
  const all = [...new Map(where.map((condition) => [JSON.stringify(condition), condition])).values()];
  const words = all.filter((condition) => isAnywhere(condition, 'word') || isOneWord(condition));
  const phrases = all.filter((condition) => isAnywhere(condition, 'phrase') && !isOneWord(condition));
  const hard = all.filter((condition) => !words.includes(condition) && !phrases.includes(condition));
  return { all, hard, phrases, words, scored: [...scored.values()] };
}

/** A single word in quotes asks for no more than the word. */
function isOneWord(condition: Condition): boolean {
  return isAnywhere(condition, 'phrase') && condition.kind === 'text' && termsOf(condition.text).length === 1;
}

function isAnywhere(condition: Condition, match: 'word' | 'phrase'): boolean {
  return (
    condition.kind === 'text' &&
    condition.field === 'any' &&
    condition.match === match &&
    termsOf(condition.text).length > 0
  );
}

/** Words of what must not be there do not score, nor do organisations: they are no part of the text. */
function addScored(scored: Map<string, ScoredTerm>, condition: Condition): void {
  if (condition.kind === 'anyOf') for (const one of condition.conditions) addScored(scored, one);
  if (condition.kind !== 'text' || condition.field === 'org') return;
  const kind = condition.match === 'prefix' ? 'prefix' : 'stem';
  const mask = fieldMasks[condition.field];
  for (const text of kind === 'prefix' ? prefixWordsOf(condition.text).slice(-1) : tellingTerms(condition.text)) {
    const key = `${kind} ${mask} ${text}`;
    const known = scored.get(key);
    if (known) known.times++;
    else scored.set(key, { kind, text, mask, times: 1 });
  }
}

function tellingTerms(text: string): string[] {
  return contentWordsOf(text).map(({ term }) => term);
}

/** A bare word that may be missing is there in part when one of its telling words is. */
export function partsOf(words: readonly Condition[]): Condition[] {
  return words.flatMap((one) =>
    one.kind === 'text' ? contentWordsOf(one.text).map(({ word }) => ({ ...one, text: word }) satisfies Condition) : [],
  );
}

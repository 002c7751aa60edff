/** Derives from the conditions which words may be missing in partial matches and which terms score. */
import type { Condition } from '#core/condition.ts';
import { prefixWordsOf } from '#core/matches.ts';
import { contentWordsOf, termsOf } from '#core/text/terms.ts';
import { fieldMasks } from '#search/index/field-frequencies.ts';

/** A stem or a prefix of unstemmed words. `times`: occurrences in the query. */
export type ScoredTerm = {
  readonly kind: 'stem' | 'prefix';
  readonly text: string;
  readonly mask: number;
  times: number;
};

export type SearchPlan = {
  /** The conditions without duplicates. A repeated word only changes the ranking. */
  readonly all: readonly Condition[];
  /** Conditions that partial matches must match too. */
  readonly required: readonly Condition[];
  /** Phrases in any field. Required too, unless no paper with any of the words contains them. */
  readonly phrases: readonly Condition[];
  /** Bare words. Full matches have all of them, partial matches at least one. */
  readonly words: readonly Condition[];
  readonly scored: readonly ScoredTerm[];
};

export function planSearch(where: readonly Condition[]): SearchPlan {
  const scored = new Map<string, ScoredTerm>();
  for (const condition of where) addScored(scored, condition);
  const all = [...new Map(where.map((condition) => [JSON.stringify(condition), condition])).values()];
  const words = all.filter((condition) => isAnywhere(condition, 'word') || isQuotedWord(condition));
  const phrases = all.filter((condition) => isAnywhere(condition, 'phrase') && !isQuotedWord(condition));
  const required = all.filter((condition) => !words.includes(condition) && !phrases.includes(condition));
  return { all, required, phrases, words, scored: [...scored.values()] };
}

/** A quoted single word is the same as the bare word. */
function isQuotedWord(condition: Condition): boolean {
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

/** Negated words do not score. Neither do organizations, which are not part of the text. */
function addScored(scored: Map<string, ScoredTerm>, condition: Condition): void {
  if (condition.kind === 'anyOf') for (const each of condition.conditions) addScored(scored, each);
  if (condition.kind !== 'text' || condition.field === 'org') return;
  const kind = condition.match === 'prefix' ? 'prefix' : 'stem';
  const mask = fieldMasks[condition.field];
  for (const text of kind === 'prefix'
    ? prefixWordsOf(condition.text).slice(-1)
    : contentWordsOf(condition.text).map(({ term }) => term)) {
    const key = `${kind} ${mask} ${text}`;
    const known = scored.get(key);
    if (known) known.times++;
    else scored.set(key, { kind, text, mask, times: 1 });
  }
}

/** Splits compounds such as `decoder-only` into content words, since one of these is enough for a partial match. */
export function toContentWords(words: readonly Condition[]): Condition[] {
  return words.flatMap((each) =>
    each.kind === 'text'
      ? contentWordsOf(each.text).map(({ word }) => ({ ...each, text: word }) satisfies Condition)
      : [],
  );
}

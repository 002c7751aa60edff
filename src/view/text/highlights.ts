/** Finds the words of a text that match a query. Uses the index's analyzer, so highlights agree with matches. */
import type { Condition, TextField } from '#core/condition.ts';
import { prefixWordsOf } from '#core/matches.ts';
import { foldText, type Token, termsOf, tokenize } from '#core/text/terms.ts';

/** `run`: adjacent stems, one for a plain word. `prefix`: adjacent unstemmed words, the last one a prefix. */
export type MarkTerm = { readonly kind: 'run' | 'prefix'; readonly terms: readonly string[] };

/** Half-open span of characters. */
export type Span = { readonly start: number; readonly end: number };

/** Returns the terms that the query requires in one of `fields`, without excluded terms. */
export function toMarkTerms(where: readonly Condition[], fields: readonly TextField[]): readonly MarkTerm[] {
  return where.flatMap((condition): readonly MarkTerm[] => {
    if (condition.kind === 'anyOf') return toMarkTerms(condition.conditions, fields);
    if (condition.kind !== 'text' || !fields.includes(condition.field)) return [];
    const terms = condition.match === 'prefix' ? prefixWordsOf(condition.text) : termsOf(condition.text);
    return terms.length > 0 ? [{ kind: condition.match === 'prefix' ? 'prefix' : 'run', terms }] : [];
  });
}

/** Whether the text has a highlight. */
export function hasMarks(text: string, marks: readonly MarkTerm[]): boolean {
  return findMarks(text, tokenize(text), marks).length > 0;
}

/** Returns the highlights in order, without overlap. A phrase is one span from its first word to its last. */
export function findMarks(text: string, tokens: readonly Token[], marks: readonly MarkTerm[]): Span[] {
  const runs = Map.groupBy(
    marks.filter((mark) => mark.kind === 'run'),
    (mark) => mark.terms[0],
  );
  const prefixes = marks.filter((mark) => mark.kind === 'prefix');
  const spans: Span[] = [];
  for (const [i, token] of tokens.entries()) {
    let end = -1;
    for (const { terms } of runs.get(token.term) ?? []) {
      if (terms.every((term, offset) => tokens[i + offset]?.term === term))
        end = Math.max(end, tokens[i + terms.length - 1]?.end ?? -1);
    }
    for (const { terms } of prefixes) end = Math.max(end, endOfPrefix(text, tokens, i, terms));
    if (end > token.start) pushMerged(spans, { start: token.start, end });
  }
  return spans;
}

function endOfPrefix(text: string, tokens: readonly Token[], at: number, words: readonly string[]): number {
  for (const [offset, word] of words.entries()) {
    const token = tokens[at + offset];
    if (!token) return -1;
    const shown = foldText(text.slice(token.start, token.end));
    if (offset === words.length - 1 ? !shown.startsWith(word) : shown !== word) return -1;
  }
  return tokens[at + words.length - 1]?.end ?? -1;
}

function pushMerged(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last && span.start < last.end) spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  else spans.push(span);
}

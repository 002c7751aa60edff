/** Which words of a shown text the search asked for: the same analysis as the index, so that marks and matches agree. */
import type { Condition, TextField } from '#core/condition';
import { foldText, type Token, termsOf, wordsOf } from '#core/terms';

/** A run of adjacent stems (one for a plain word), or the folded beginning of a word. */
export type MarkTerm =
  | { readonly kind: 'run'; readonly terms: readonly string[] }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** Half-open span of characters. */
export type Span = { readonly start: number; readonly end: number };

/** What to mark in a text that `fields` search: every word asked for there, but nothing that was excluded. */
export function toMarkTerms(where: readonly Condition[], fields: readonly TextField[]): readonly MarkTerm[] {
  return where.flatMap((condition): readonly MarkTerm[] => {
    if (condition.kind === 'anyOf') return toMarkTerms(condition.conditions, fields);
    if (condition.kind !== 'text' || !fields.includes(condition.field)) return [];
    if (condition.match === 'prefix') return wordsOf(condition.text).map((prefix) => ({ kind: 'prefix', prefix }));
    const terms = termsOf(condition.text);
    return terms.length > 0 ? [{ kind: 'run', terms }] : [];
  });
}

/** The spans to mark, in order and without overlap; a phrase is one span from its first word to its last. */
export function findMarks(text: string, tokens: readonly Token[], marks: readonly MarkTerm[]): Span[] {
  const runs = new Map<string, (readonly string[])[]>();
  for (const mark of marks) {
    if (mark.kind === 'run' && mark.terms[0] !== undefined) runs.set(mark.terms[0], [...(runs.get(mark.terms[0]) ?? []), mark.terms]);
  }
  const prefixes = marks.flatMap((mark) => (mark.kind === 'prefix' ? mark.prefix : []));
  const spans: Span[] = [];
  for (const [i, token] of tokens.entries()) {
    const end = Math.max(endOfRun(tokens, i, runs.get(token.term)), endOfPrefixed(text, token, prefixes));
    if (end > token.start) pushMerged(spans, { start: token.start, end });
  }
  return spans;
}

function endOfRun(tokens: readonly Token[], at: number, runs: readonly (readonly string[])[] | undefined): number {
  let end = -1;
  for (const run of runs ?? []) {
    if (run.every((term, offset) => tokens[at + offset]?.term === term)) end = Math.max(end, tokens[at + run.length - 1]?.end ?? -1);
  }
  return end;
}

function endOfPrefixed(text: string, token: Token, prefixes: readonly string[]): number {
  if (prefixes.length === 0) return -1;
  const word = foldText(text.slice(token.start, token.end));
  return prefixes.some((prefix) => word.startsWith(prefix)) ? token.end : -1;
}

function pushMerged(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last && span.start < last.end) spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  else spans.push(span);
}

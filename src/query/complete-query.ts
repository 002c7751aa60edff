/** Completes the word at the caret of the search box. */
import { sortKeys } from '#core/condition.ts';
import { findFilter } from './filters/index.ts';
import { canonicalNames } from './read-term.ts';
import { sortName } from './sort.ts';
import { cutPieces, type Piece } from './text-pieces.ts';

export type Completion = {
  /** `qualifier`: a bare word. `value`: one of `options`. The caller looks up `tag` and `author` in the index. */
  readonly kind: 'qualifier' | 'tag' | 'author' | 'value';
  /** Half-open span of characters that a chosen option replaces. */
  readonly span: { readonly start: number; readonly end: number };
  /** The part before the caret, without quotes. */
  readonly prefix: string;
  readonly options: readonly string[];
};

/** Returns null between words, inside a phrase and after an unknown qualifier. */
export function completeQuery(text: string, caret: number): Completion | null {
  const line = text.replace(/[\p{Cc}\s]/gu, ' ').replace(/[“”„‟]/g, '"');
  const before = line.slice(0, caret);
  const piece = cutPieces(before).at(-1);
  if (piece?.kind !== 'term' || piece.end < before.length) return null;
  const bare = piece.qualifier === null && !piece.unclosed ? piece.values.at(-1)?.text : undefined;
  const qualifier = piece.qualifier ?? /^([A-Za-z]+):$/.exec(bare ?? '')?.[1] ?? null;
  if (qualifier !== null) return completeValue(line, caret, { ...piece, qualifier });
  return bare
    ? complete(line, caret, { kind: 'qualifier', prefix: bare, options: canonicalNames.map((name) => `${name}:`) })
    : null;
}

function completeValue(line: string, caret: number, piece: Piece & { readonly qualifier: string }): Completion | null {
  const isSort = piece.qualifier.toLowerCase() === sortName;
  const filter = findFilter(piece.qualifier);
  if (!isSort && !filter) return null;
  const value = piece.values.at(-1);
  const name = filter?.qualifiers[0];
  const kind = name === 'tag' || name === 'author' ? name : 'value';
  const options = isSort ? sortKeys : (filter?.values ?? []);
  if (value?.quoted && !piece.unclosed) return null;
  // Right after the colon the value is empty: the parser reads `tag:` as a word.
  const prefix = line[caret - 1] === ':' && !value?.quoted ? '' : (value?.text ?? '');
  return complete(line, caret, { kind, prefix, options });
}

function complete(line: string, caret: number, { kind, prefix, options }: Omit<Completion, 'span'>): Completion {
  const typed = caret - prefix.length;
  const isQuoted = line[typed - 1] === '"';
  const start = isQuoted ? typed - 1 - (line[typed - 2] === '=' ? 1 : 0) : typed;
  const rest = isQuoted ? /^[^"]*"?/ : /^[^\s|":]*:?/;
  const end = caret + (rest.exec(line.slice(caret))?.[0].length ?? 0);
  const isOption = (option: string) => option.toLowerCase().startsWith(prefix.toLowerCase()) && option !== prefix;
  return { kind, span: { start, end }, prefix, options: options.filter(isOption) };
}

/** Replaces the span. The new caret stands after a space, or after the colon of a qualifier. */
export function applyCompletion(
  text: string,
  { span }: Completion,
  option: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(span.end).trimStart();
  const before = `${text.slice(0, span.start)}${option}${option.endsWith(':') ? '' : ' '}`;
  return { text: rest === '' || before.endsWith(' ') ? before + rest : `${before} ${rest}`, caret: before.length };
}

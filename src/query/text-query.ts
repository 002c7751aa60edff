/** Parses the text of the search box into conditions. Unknown syntax becomes a note, never an error. */
import { parseArxivId } from '#core/arxiv-id.ts';
import type { Condition, SortKey } from '#core/condition.ts';
import { charactersMax, termsMax } from './canonical.ts';
import { plainValue, type WrittenValue } from './filters/filter.ts';
import { findFilter } from './filters/index.ts';
import type { QueryProblem } from './paper-query.ts';
import { QueryNotes } from './query-notes.ts';
import { readTerm } from './read-term.ts';
import { parseSort, sortForms, sortName } from './sort.ts';
import { cutPieces, type Piece } from './text-pieces.ts';
import { cleanLine, trimEdges } from './text-value.ts';

export type TextQuery = {
  /** A conjunction, in the order of the text. */
  readonly where: readonly Condition[];
  /** Null if the text names no order. */
  readonly sort: SortKey | null;
  readonly problems: readonly QueryProblem[];
};

/** Never throws. Takes time linear in `text` and reads at most 500 characters and 100 terms. */
export function parseQueryText(text: string): TextQuery {
  const line = cleanLine(text.slice(0, 4 * charactersMax));
  const paper = parseArxivId(line) && findFilter('id')?.parse(plainValue(line));
  if (paper) return { where: [paper], sort: null, problems: [] };
  const notes = new QueryNotes(line, line.length === Math.min(text.length, 4 * charactersMax));
  const pieces = limitTerms(cutPieces(limitCharacters(line, notes)).filter(hasContent), notes);
  noteBrackets(pieces, notes);
  const groups = readGroups(pieces, notes);
  return { where: groups.flatMap(toCondition), sort: readSort(pieces, notes), problems: notes.list() };
}

function limitCharacters(line: string, notes: QueryNotes): string {
  if (line.trimEnd().length <= charactersMax) return line;
  // Cut at a space, because half a word is another word. Only a word that fills the line is cut itself.
  const space = line.lastIndexOf(' ', charactersMax);
  const end = space > 0 ? space : charactersMax;
  const rest = { start: end, end: line.length };
  notes.add(`Only the first ${charactersMax} characters are searched for, without ${notes.textAt(rest)}.`, rest);
  return line.slice(0, end).toWellFormed();
}

function limitTerms(pieces: readonly Piece[], notes: QueryNotes): readonly Piece[] {
  let terms = 0;
  for (const [i, piece] of pieces.entries()) {
    const values = piece.values.slice(0, termsMax - terms);
    terms += values.length;
    if (values.length === piece.values.length) continue;
    const rest = { start: values.at(-1)?.end ?? piece.start, end: pieces.at(-1)?.end ?? piece.end };
    notes.add(`Only the first ${termsMax} terms are searched for, without ${notes.textAt(rest)}.`, rest);
    return [...pieces.slice(0, i), ...(values.length > 0 ? [{ ...piece, values }] : [])];
  }
  return pieces;
}

/** False for punctuation between words, as in `Foo - bar` or `a , b`. */
function hasContent(piece: Piece): boolean {
  return piece.kind !== 'term' || piece.qualifier !== null || piece.values.some(({ text }) => trimEdges(text) !== '');
}

/** Groups the terms that `OR` joins. An ignored term does not change its group. */
function readGroups(pieces: readonly Piece[], notes: QueryNotes): Condition[][] {
  const groups: Condition[][] = [];
  let joins: Piece | null = null;
  let negates: Piece | null = null;
  for (const piece of pieces) {
    if (piece.kind === 'or') joins = piece;
    else if (piece.kind === 'not') negates = negates ? null : piece;
    else if (piece.kind === 'term' && !isSort(piece)) {
      const condition = readTerm(piece, notes);
      const found: Condition[] = condition ? [negates ? { kind: 'not', condition } : condition] : [];
      const group = joins && groups.at(-1);
      if (joins && !group) noteOperator(joins, notes);
      if (group) group.push(...found);
      else groups.push(found);
      joins = negates = null;
    }
  }
  for (const rest of [joins, negates]) if (rest) noteOperator(rest, notes);
  return groups;
}

function toCondition(group: readonly Condition[]): Condition[] {
  if (group.length > 1) return [{ kind: 'anyOf', conditions: group }];
  return [...group];
}

function noteOperator(operator: Piece, notes: QueryNotes): void {
  const message =
    operator.kind === 'or' ? 'OR joins two terms; one of them is missing' : 'NOT stands before a term; there is none';
  notes.add(`${message} in ${notes.textAround(operator)}.`, operator);
}

/** Adds a note on brackets, except in `(a OR b) c`, which means the same without them. */
function noteBrackets(pieces: readonly Piece[], notes: QueryNotes): void {
  const wrong = pieces.find((piece, i) => {
    const isBehindOr = pieces[i - 1]?.kind === 'or' || pieces[i - 1]?.kind === 'not';
    const closes = piece.values.some(({ text }) => text.endsWith(')') && !text.includes('('));
    return (piece.opensBracket && (isBehindOr || piece.negated)) || (closes && pieces[i + 1]?.kind === 'or');
  });
  if (!wrong) return;
  const meaning = 'OR joins the two terms beside it, and - excludes the one behind it';
  notes.add(`Brackets do not group terms in ${notes.textAround(wrong)}: ${meaning}.`, wrong);
}

function isSort(piece: Piece): boolean {
  return piece.qualifier?.toLowerCase() === sortName;
}

/** Returns the last valid `sort:` of the text. */
function readSort(pieces: readonly Piece[], notes: QueryNotes): SortKey | null {
  let sort: SortKey | null = null;
  for (const piece of pieces.filter(isSort)) {
    const read = piece.negated ? null : parseSort(piece.values.map((value: WrittenValue) => value.text).join(' '));
    if (read) sort = read;
    else notes.add(`${notes.textAt(piece)} was left out: ${sortName} takes ${sortForms}.`, piece);
  }
  return sort;
}

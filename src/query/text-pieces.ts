/** The lexer of the search box: cuts a line into words, phrases, qualified values, `OR` and `NOT` in one pass. */
import type { WrittenValue } from './filters/filter.ts';
import { isTexQuote } from './text-value.ts';

type PieceValue = WrittenValue & {
  /** Offset of the first character after it. */
  readonly end: number;
};

export type Piece = {
  readonly kind: 'term' | 'or' | 'and' | 'not';
  readonly negated: boolean;
  readonly qualifier: string | null;
  /** Several if joined by `|`: `tag:nlp|vision`. */
  readonly values: readonly PieceValue[];
  /** Whether the piece begins with a round bracket. */
  readonly opensBracket: boolean;
  /** Whether the closing quote is missing. */
  readonly unclosed: boolean;
  /** Half-open span of characters. */
  readonly start: number;
  readonly end: number;
};

const operators: ReadonlyMap<string, Piece['kind']> = new Map([
  ['OR', 'or'],
  ['AND', 'and'],
  ['NOT', 'not'],
]);
const qualifierPattern = /([A-Za-z]{1,20}):(?=[^\s/:|])/y;
const bareEnd = /[\s|"]/g;

/** Expects the output of `cleanLine`. */
export function cutPieces(line: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    const piece = readPiece(line, at);
    pieces.push(piece);
    at = piece.end;
  }
  return pieces;
}

function readPiece(line: string, start: number): Piece {
  if (line[start] === '|') return toOperator('or', start, start + 1);
  let at = start;
  while (line[at] === '-' || line[at] === '(') at++;
  const lead = line.slice(start, at);
  const qualifier = readQualifier(line, at);
  const { values, end } = readValues(line, qualifier === null ? at : at + qualifier.length + 1);
  const operator = operators.get(line.slice(start, end));
  if (operator) return toOperator(operator, start, end);
  return {
    kind: 'term',
    // `(-)-epicatechin` is a word, and `--` is a dash.
    negated: lead.includes('-') && !lead.includes('--') && line[at] !== ')',
    qualifier,
    values,
    opensBracket: lead.includes('('),
    unclosed: values.some((value) => value.unclosed),
    start,
    end,
  };
}

function toOperator(kind: Piece['kind'], start: number, end: number): Piece {
  return { kind, negated: false, qualifier: null, values: [], opensBracket: false, unclosed: false, start, end };
}

function readQualifier(line: string, at: number): string | null {
  qualifierPattern.lastIndex = at;
  return qualifierPattern.exec(line)?.[1] ?? null;
}

type ReadValue = PieceValue & { readonly unclosed: boolean };

function readValues(line: string, start: number): { readonly values: readonly ReadValue[]; readonly end: number } {
  const first = readValue(line, start);
  const values = [first];
  let end = first.end;
  while (line[end] === '|' && /[^ |]/.test(line[end + 1] ?? ' ')) {
    const next = readValue(line, end + 1);
    values.push(next);
    end = next.end;
  }
  return { values, end };
}

/** Reads the value at `start`: to the closing quote, or to the next space, `|` or quote. */
export function readValue(line: string, start: number): ReadValue {
  if (line[start] === '"') return { ...readQuoted(line, start + 1), exact: false };
  if (line[start] === '=' && line[start + 1] === '"') return { ...readQuoted(line, start + 2), exact: true };
  bareEnd.lastIndex = start;
  let end = bareEnd.exec(line)?.index ?? line.length;
  while (line[end] === '"' && isTexQuote(line, end)) end = bareEnd.exec(line)?.index ?? line.length;
  return { text: line.slice(start, end), quoted: false, exact: false, unclosed: false, end };
}

/** A doubled quote is an escaped quote. An unclosed quotation ends with the line. */
function readQuoted(line: string, start: number): Omit<ReadValue, 'exact'> {
  let text = '';
  let from = start;
  for (let quote = line.indexOf('"', start); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    const isDoubled = line[quote + 1] === '"';
    if (isDoubled) {
      text += line.slice(from, quote + 1);
      quote++;
      from = quote + 1;
    } else if (!isTexQuote(line, quote)) {
      return { text: text + line.slice(from, quote), quoted: true, unclosed: false, end: quote + 1 };
    }
  }
  return { text: text + line.slice(from), quoted: true, unclosed: true, end: line.length };
}

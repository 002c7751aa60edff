/** Converts one piece of the search text to a condition, with notes on invalid parts. */
import type { Condition } from '#core/condition.ts';
import type { Filter, WrittenValue } from './filters/filter.ts';
import { anywhere, filters, findFilter } from './filters/index.ts';
import { nearest } from './nearest.ts';
import { type QueryNotes, quoted } from './query-notes.ts';
import { sortName } from './sort.ts';
import type { Piece } from './text-pieces.ts';
import { trimEdges } from './text-value.ts';

/** Candidates for "did you mean". Short forms are too short for a useful edit distance. */
export const canonicalNames: readonly string[] = [
  ...filters.flatMap((filter) => filter.qualifiers.slice(0, 1)),
  sortName,
];

/** Returns null if no value is valid. An invalid value is ignored, not searched as text. */
export function readTerm(piece: Piece, notes: QueryNotes): Condition | null {
  if (piece.unclosed)
    notes.add(
      `A quotation mark is never closed in ${notes.textAt(piece)}; the phrase was taken to go on to the end.`,
      piece,
    );
  const filter = piece.qualifier === null ? anywhere : findFilter(piece.qualifier);
  const conditions = filter ? readValues(filter, piece, notes) : readUnknown(piece, notes);
  const [first] = conditions;
  if (!first) return null;
  const condition: Condition = conditions.length === 1 ? first : { kind: 'anyOf', conditions };
  return piece.negated ? { kind: 'not', condition } : condition;
}

function readValues(filter: Filter, piece: Piece, notes: QueryNotes): Condition[] {
  return piece.values.flatMap((value) => {
    if (filter.isCommon(value)) {
      notes.leaveOut('such words are in nearly every paper', trimEdges(value.text));
      return [];
    }
    const condition = filter.parse(value);
    if (condition) noteWord(condition, value, piece, notes);
    else if (piece.qualifier !== null) noteValue(filter, value, piece, notes);
    else if (value.text.trim() !== '') notes.leaveOut('there is no word in it', value.text);
    return condition ?? [];
  });
}

/** Adds a note on words that look like a failed prefix or qualifier. */
function noteWord(
  condition: Condition,
  { text, quoted: isQuoted }: WrittenValue,
  piece: Piece,
  notes: QueryNotes,
): void {
  if (condition.kind !== 'text' || isQuoted) return;
  if (text.endsWith('*') && condition.match !== 'prefix') {
    notes.add(`The * of ${quoted(text)} was left out: it stands for the end of a single word.`, piece);
  }
  if (piece.qualifier === null && text.endsWith(':') && findFilter(text.slice(0, -1))) {
    notes.add(`${quoted(text)} was searched as a word: a value stands right behind the colon, without a space.`, piece);
  }
}

function noteValue(filter: Filter, { text }: WrittenValue, piece: Piece, notes: QueryNotes): void {
  notes.add(
    `${quoted(`${piece.qualifier}:${text}`)} was left out: ${filter.qualifiers[0]} takes ${filter.forms}.`,
    piece,
  );
}

function readUnknown(piece: Piece, notes: QueryNotes): Condition[] {
  const name = piece.qualifier ?? '';
  const meant = nearest(name, canonicalNames);
  const suggestion = meant ? `; did you mean ${quoted(`${meant}:`)}?` : '.';
  notes.add(`There is no qualifier ${quoted(`${name}:`)}, so it was searched as text${suggestion}`, piece);
  const condition = anywhere.parse({
    text: `${name}:${piece.values.map((value) => value.text).join(' ')}`,
    quoted: true,
    exact: false,
  });
  return condition ? [condition] : [];
}

/** Converts a query to the fields of the query builder form, and back. */
import type { Condition } from '#core/condition.ts';
import { type Clause, type Literal, toClauses, toConditions } from './canonical.ts';
import { toQuery } from './edit-query.ts';
import { authors } from './filters/authors.ts';
import { type Filter, plainValue, type WrittenValue } from './filters/filter.ts';
import { has } from './filters/has.ts';
import { published } from './filters/published.ts';
import { tag } from './filters/tag.ts';
import { anywhere, author, title } from './filters/text.ts';
import { formatPaperQuery, formatQueryText } from './format-query.ts';
import type { PaperQuery } from './paper-query.ts';
import { parseSort } from './sort.ts';
import { cutPieces, readValue } from './text-pieces.ts';
import { parseQueryText } from './text-query.ts';
import { cleanLine } from './text-value.ts';

const rangeFilters = { authors, published } as const;
const rangeNames = ['authors', 'published'] as const;
const fieldNames = [
  /** Words, and every condition without a field of its own, in the syntax of the search box. */
  'all',
  'phrase',
  'any',
  'none',
  'author',
  'title',
  'authors-from',
  'authors-to',
  'published-from',
  'published-to',
  'topic',
  /** Any value means: only papers with code. */
  'code',
  'sort',
] as const;

/** Field values by input name; empty string for an empty input. */
export type QueryFields = Readonly<Record<(typeof fieldNames)[number], string>>;

type Field = {
  readonly name: keyof QueryFields;
  /** Whether the field can hold several clauses. */
  readonly isList?: boolean;
  /** Returns the field's value for the clause, or null if the clause does not fit. */
  read(clause: Clause): string | null;
  /** Returns a conjunction of conditions. */
  write(text: string): readonly Condition[];
};

const fields: readonly Field[] = [
  {
    name: 'phrase',
    read: ifOnly(anywhere, ({ condition }) =>
      condition.kind === 'text' && condition.match === 'phrase' ? condition.text : null,
    ),
    write: (text) => parse(anywhere, { text, quoted: true, exact: false }),
  },
  {
    name: 'any',
    read: (clause) =>
      clause.length > 1 && clause.every(isPositiveWord) ? clause.map(({ value }) => value).join(' ') : null,
    write: (text) => [{ kind: 'anyOf', conditions: parseWords(anywhere, text) }],
  },
  {
    name: 'none',
    isList: true,
    read: ([first, second]) => (first?.filter === anywhere && first.negated && !second ? first.value : null),
    write: (text) => parseWords(anywhere, text).map((condition) => ({ kind: 'not', condition })),
  },
  {
    name: 'author',
    read: ifOnly(author, ({ value }) => (/^".*\s.*"$/.test(value) ? value.slice(1, -1) : value)),
    write: parseName,
  },
  { name: 'title', isList: true, read: ifOnly(title, ({ value }) => value), write: (text) => parseWords(title, text) },
  { name: 'topic', read: ifOnly(tag, ({ value }) => value), write: (text) => parse(tag, plainValue(text)) },
  {
    name: 'code',
    read: ifOnly(has, ({ value }) => (value === 'code' ? '1' : null)),
    write: () => [{ kind: 'has', what: 'code' }],
  },
];

/** The inverse of `toListParams`, except for the order of words. */
export function toQueryFields(query: PaperQuery): QueryFields {
  const filled: Record<keyof QueryFields, string> = { ...emptyFields(), sort: query.sort ?? '' };
  const others = toClauses(query.where).filter((clause) => !fillRange(filled, clause) && !fillField(filled, clause));
  return { ...filled, all: formatQueryText({ where: toConditions(others), sort: null, page: 1 }) };
}

/** Returns the parameters of the list. Invalid input stays unchanged, so that the list page reports it. */
export function toListParams(form: URLSearchParams): URLSearchParams {
  const filled = readFields(form);
  const words = parseQueryText(filled.all);
  const isUnderstood = words.problems.length === 0;
  const ranges = rangeNames.map((name) => ({ name, ...readRange(filled, name) }));
  const named = fields.flatMap(({ name, write }) => (filled[name] === '' ? [] : write(filled[name])));
  const where = [...(isUnderstood ? words.where : []), ...named, ...ranges.flatMap(({ condition }) => condition ?? [])];
  const params = formatPaperQuery(toQuery(where, words.sort ?? parseSort(filled.sort)));
  if (!isUnderstood) params.set('q', [...params.getAll('q'), filled.all].join(' '));
  for (const { name, condition, text } of ranges) if (text !== '' && !condition) params.append(name, text);
  return params;
}

function emptyFields(): QueryFields {
  return Object.fromEntries(fieldNames.map((name) => [name, ''])) as QueryFields;
}

function readFields(form: URLSearchParams): QueryFields {
  return Object.fromEntries(fieldNames.map((name) => [name, cleanLine(form.get(name) ?? '').trim()])) as QueryFields;
}

function readRange(filled: QueryFields, name: (typeof rangeNames)[number]) {
  const from = filled[`${name}-from`];
  const to = filled[`${name}-to`];
  const conditionOf = (value: string) => rangeFilters[name].parse(plainValue(value));
  const isOne = from === to;
  const text = isOne ? from : `${from}..${to}`;
  // An impossible day is invalid alone, but valid as both ends of a range.
  return { text, condition: conditionOf(text) ?? (isOne && from !== '' ? conditionOf(`${from}..${to}`) : null) };
}

function fillRange(filled: Record<keyof QueryFields, string>, [literal, second]: Clause): boolean {
  const name = rangeNames.find((one) => literal?.filter === rangeFilters[one]);
  if (!name || !literal || second || literal.negated || literal.value === '*') return false;
  if (filled[`${name}-from`] !== '' || filled[`${name}-to`] !== '') return false;
  const [from = '', to = from] = literal.value.split('..');
  filled[`${name}-from`] = from;
  filled[`${name}-to`] = to;
  return true;
}

function fillField(filled: Record<keyof QueryFields, string>, clause: Clause): boolean {
  for (const { name, isList, read } of fields) {
    const text = read(clause);
    if (text === null || (filled[name] !== '' && !isList)) continue;
    filled[name] = `${filled[name]} ${text}`.trimStart();
    return true;
  }
  return false;
}

function ifOnly(filter: Filter, read: (literal: Literal) => string | null): Field['read'] {
  return ([first, second]) => (first && !second && !first.negated && first.filter === filter ? read(first) : null);
}

function isPositiveWord({ filter, negated }: Literal): boolean {
  return filter === anywhere && !negated;
}

function parse(filter: Filter, value: WrittenValue): Condition[] {
  const condition = filter.isCommon(value) ? null : filter.parse(value);
  return condition ? [condition] : [];
}

/** Parses words and quoted phrases. Qualifiers are plain words here. */
function parseWords(filter: Filter, text: string): Condition[] {
  const values = cutPieces(text).flatMap((piece): readonly WrittenValue[] => {
    if (piece.qualifier === null) return piece.values;
    return [{ text: text.slice(piece.start, piece.end), quoted: true, exact: false }];
  });
  return values.flatMap((value) => parse(filter, value));
}

/** `Jane Doe` needs no quotes here. `="Jane Doe"` matches the whole name. */
function parseName(text: string): Condition[] {
  if (/^=?"/.test(text)) return parse(author, readValue(text, 0));
  return parse(author, { text, quoted: /\s/.test(text) && !text.startsWith('='), exact: false });
}

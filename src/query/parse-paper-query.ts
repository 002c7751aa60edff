/** Parses URL parameters into a query. Never throws: problems are part of the result. */
import type { Condition, SortKey } from '#core/condition.ts';
import {
  type Clause,
  charactersMax,
  termsMax,
  toClauses,
  toConditions,
  writeClause,
  writeLiteral,
} from './canonical.ts';
import { type Filter, plainValue } from './filters/filter.ts';
import { filters, findFilter } from './filters/index.ts';
import { nearest } from './nearest.ts';
import type { PaperQuery, QueryProblem } from './paper-query.ts';
import { quoted } from './query-notes.ts';
import { parseSort, sortForms, sortName } from './sort.ts';
import { parseQueryText } from './text-query.ts';

export type ParsedQuery = { readonly query: PaperQuery; readonly problems: readonly QueryProblem[] };

export type ParseOptions = {
  /** Parameters that the caller parses, such as `limit` and `cursor`. */
  readonly otherNames?: readonly string[];
};

type Reading = { readonly where: Condition[]; sort: SortKey | null; page: number; readonly problems: QueryProblem[] };

const filterOfParameter = new Map(
  filters.flatMap((filter) => (filter.parameter ? [[filter.qualifiers[0] ?? '', filter] as const] : [])),
);
const ownNames: readonly string[] = ['q', ...filterOfParameter.keys(), sortName, 'page'];
/** Parameters that mail links and Next's own requests add. */
const ignored = /^(?:utm_\w+|_rsc)$/;
const problemsMax = 50;

/** Ignores empty values, because a form also sends its empty fields. */
export function parsePaperQuery(params: URLSearchParams, { otherNames = [] }: ParseOptions = {}): ParsedQuery {
  const reading: Reading = { where: [], sort: null, page: 1, problems: [] };
  for (const [name, entries] of Map.groupBy(params, ([name]) => name)) {
    if (otherNames.includes(name) || ignored.test(name)) continue;
    readParameter(
      reading,
      name,
      entries.map(([, value]) => value),
      otherNames,
    );
  }
  const clauses = limit(toClauses(reading.where), reading);
  return {
    query: { where: toConditions(clauses), sort: reading.sort, page: reading.page },
    problems: reading.problems.slice(0, problemsMax),
  };
}

function readParameter(reading: Reading, name: string, all: readonly string[], otherNames: readonly string[]): void {
  const filter = filterOfParameter.get(name);
  const values = all.filter((value) => value.trim() !== '');
  if (filter?.parameter === 'repeated')
    for (const value of values.slice(0, termsMax + 1)) readFilter(reading, filter, value.trim());
  else if (ownNames.includes(name)) readOnce(reading, name, values);
  else addError(reading, name, unknownMessage(name, otherNames));
}

function readOnce(reading: Reading, name: string, values: readonly string[]): void {
  const filter = filterOfParameter.get(name);
  const [first] = values;
  if (first === undefined) return;
  if (values.length > 1)
    addError(reading, name, `The parameter ${quoted(name)} can be given once; the first of ${values.length} is used.`);
  if (filter) readFilter(reading, filter, first.trim());
  else if (name === 'q') readText(reading, first);
  else if (name === 'page') readPage(reading, first.trim());
  else readSort(reading, first);
}

function readFilter(reading: Reading, filter: Filter, value: string): void {
  const name = filter.qualifiers[0] ?? '';
  const negated = filter.parameter === 'repeated' && value.startsWith('-');
  const condition = filter.parse(plainValue(negated ? value.slice(1) : value));
  if (condition) reading.where.push(negated ? { kind: 'not', condition } : condition);
  else
    addError(
      reading,
      name,
      `${quoted(value)} means nothing to the parameter ${quoted(name)}; it takes ${filter.forms}.`,
    );
}

/** The order in the text wins: the canonical form moves it to its own parameter, so the reader typed it last. */
function readText(reading: Reading, value: string): void {
  const { where, sort, problems } = parseQueryText(value);
  reading.where.push(...where);
  reading.problems.push(...problems);
  reading.sort = sort ?? reading.sort;
}

function readSort(reading: Reading, value: string): void {
  const sort = parseSort(value);
  if (!sort) addError(reading, sortName, `${quoted(value)} is no order; ${quoted(sortName)} takes ${sortForms}.`);
  reading.sort ??= sort;
}

function readPage(reading: Reading, value: string): void {
  if (/^0*[1-9]\d{0,6}$/.test(value)) reading.page = Number(value);
  else addError(reading, 'page', `${quoted(value)} is no page; pages are counted from 1.`);
}

function addError(reading: Reading, parameter: string, message: string): void {
  reading.problems.push({ level: 'error', parameter, message });
}

function unknownMessage(name: string, otherNames: readonly string[]): string {
  const filter = findFilter(name);
  if (filter)
    return `${quoted(name)} is no parameter of the address; write it into q, as in q=${filter.qualifiers[0]}:…`;
  const meant = nearest(name, [...ownNames, ...otherNames]);
  return `There is no parameter ${quoted(name)}${meant ? `; did you mean ${quoted(meant)}?` : '.'}`;
}

/**
 * Shortens a query to 500 characters and 100 terms, the limits of the search box. Drops the last words first, then the
 * last filters, and the last alternatives of an `OR`.
 */
function limit(clauses: readonly Clause[], { sort, problems }: Reading): readonly Clause[] {
  let characters = sort === null ? 0 : sortName.length + sort.length + 2;
  let terms = 0;
  const shortened = new Map<Clause, Clause>();
  const isText = (clause: Clause) => clause[0]?.filter.keepsOrder === true;
  for (const clause of [...clauses.filter((one) => !isText(one)), ...clauses.filter(isText)]) {
    const fitting = firstTerms(clause, { characters: charactersMax - characters, terms: termsMax - terms });
    if (fitting.length > 0) shortened.set(clause, fitting);
    if (fitting.length < clause.length) break;
    characters += writeClause(clause).length + 1;
    terms += clause.length;
  }
  if (clauses.every((clause) => shortened.get(clause) === clause)) return clauses;
  const message = `A query has at most ${charactersMax} characters and ${termsMax} terms; what goes beyond was left out.`;
  problems.push({ level: 'note', parameter: 'q', message });
  // A shortened OR can equal another clause, so remove repeats again.
  return toClauses(
    toConditions(clauses.flatMap((clause) => [shortened.get(clause) ?? []]).filter((clause) => clause.length > 0)),
  );
}

/** Returns the clause itself if all of it fits. */
function firstTerms(clause: Clause, limits: { readonly characters: number; readonly terms: number }): Clause {
  let characters = -orLength;
  const end = clause.findIndex((literal, i) => {
    characters += orLength + writeLiteral(literal).length;
    return i >= limits.terms || characters > limits.characters;
  });
  return end < 0 ? clause : clause.slice(0, end);
}

const orLength = ' OR '.length;

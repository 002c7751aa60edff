/** The canonical form of a query: equal queries get the same spelling and order. */
import type { Condition } from '#core/condition.ts';
import { foldText } from '#core/text/terms.ts';
import { anywhere, type FilterMatch, filterOf, filters, writeLeaf } from './filters/index.ts';
import type { PaperQuery } from './paper-query.ts';
import { readValue } from './text-pieces.ts';
import { cleanLine } from './text-value.ts';

export const charactersMax = 500;
export const termsMax = 100;

/** A condition or its negation, with its written value. */
export type Literal = FilterMatch & { readonly condition: Condition; readonly negated: boolean };
/** A disjunction of literals: the terms that `OR` joins. */
export type Clause = readonly Literal[];

/**
 * Returns the query in conjunctive normal form: only single conditions are negated, `anyOf` is never nested, and values
 * have their canonical spelling. Words keep their order, filters take the order of the registry. Repeats and empty
 * clauses are removed, except repeated bare words: they raise the term's weight. A reversed range has no written form
 * and is dropped.
 */
export function toCanonical(query: PaperQuery): PaperQuery {
  return { ...query, where: toConditions(toClauses(query.where)) };
}

/** Returns the canonical clauses of a conjunction. */
export function toClauses(where: readonly Condition[]): Clause[] {
  const clauses = where.flatMap((condition) => expand(condition, false)).map((clause) => inOrder(distinct(clause)));
  return withoutRepeats(clauses.filter((clause) => clause.length > 0)).sort(compareClauses);
}

/** Repeated bare words stay: they raise the term's weight. */
function withoutRepeats(clauses: readonly Clause[]): Clause[] {
  const keys = new Set<string>();
  return clauses.filter((clause) => {
    const key = keyOf(clause);
    const isNew = !keys.has(key);
    keys.add(key);
    return isNew || isBareWord(clause);
  });
}

function isBareWord([first, second]: Clause): boolean {
  return (
    first?.filter === anywhere &&
    !first.negated &&
    !second &&
    first.condition.kind === 'text' &&
    first.condition.match === 'word'
  );
}

export function toConditions(clauses: readonly Clause[]): Condition[] {
  return clauses.map(toCondition);
}

function toCondition(clause: Clause): Condition {
  const conditions = clause.map(
    ({ condition, negated }): Condition => (negated ? { kind: 'not', condition } : condition),
  );
  const [only] = conditions;
  return only && conditions.length === 1 ? only : { kind: 'anyOf', conditions };
}

export function writeLiteral(literal: Literal): string {
  return `${literal.negated ? '-' : ''}${writeLeaf(literal)}`;
}

export function writeClause(clause: Clause): string {
  return clause.map(writeLiteral).join(' OR ');
}

/**
 * Converts a condition to conjunctive normal form. The form can grow exponentially, so it stops at `termsMax` clauses.
 */
function expand(condition: Condition, negated: boolean): Clause[] {
  if (condition.kind === 'not') return expand(condition.condition, !negated);
  if (condition.kind !== 'anyOf') {
    const literal = toLiteral(condition, negated);
    return literal ? [[literal]] : [[]];
  }
  const parts = condition.conditions.map((part) => expand(part, negated));
  return negated ? parts.flat() : parts.reduce(crossProduct, [[]]);
}

function crossProduct(left: readonly Clause[], right: readonly Clause[]): Clause[] {
  return left.flatMap((a) => right.map((b) => [...a, ...b])).slice(0, termsMax);
}

/** The canonical spelling of a condition is the result of formatting and parsing it. */
function toLiteral(condition: Condition, negated: boolean): Literal | null {
  const match = filterOf(condition);
  if (!match) return null;
  const read = match.filter.parse(readValue(cleanLine(match.value), 0));
  const canonical = read && filterOf(read);
  return canonical && { ...canonical, condition: read, negated };
}

function distinct(clause: Clause): Literal[] {
  const unique = new Map<string, Literal>();
  for (const literal of clause) {
    const key = keyOf([literal]);
    if (!unique.has(key)) unique.set(key, literal);
  }
  return [...unique.values()];
}

/** Clauses with the same key are equal. Case and accents matter in slugs and ids only. */
export function keyOf(clause: Clause): string {
  return clause
    .map((literal) => (literal.filter.keepsOrder ? foldText(writeLiteral(literal)) : writeLiteral(literal)))
    .join(' OR ');
}

function inOrder(literals: readonly Literal[]): Clause {
  return [...literals].sort((a, b) => rank(a) - rank(b) || compareValues(a, b));
}

function compareClauses(a: Clause, b: Clause): number {
  const [first] = a;
  const [second] = b;
  if (!first || !second) return 0;
  const byRank = rank(first) - rank(second);
  if (byRank !== 0 || first.filter.keepsOrder) return byRank;
  return a.length - b.length || compareText(writeClause(a), writeClause(b));
}

/** Words come before filters, and a literal before its negation. */
function rank({ filter, negated }: Literal): number {
  return (filter.keepsOrder ? 0 : 2 * filters.indexOf(filter) + 2) + (negated ? 1 : 0);
}

function compareValues(a: Literal, b: Literal): number {
  return a.filter.keepsOrder ? 0 : compareText(a.value, b.value);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Formats a query as an address, as one line of text, or as chips. */
import type { Condition } from '#core/condition.ts';
import { type Clause, keyOf, type Literal, toClauses, toConditions, writeClause } from './canonical.ts';
import type { Labels } from './filters/filter.ts';
import { filters } from './filters/index.ts';
import type { PaperQuery } from './paper-query.ts';
import { sortName } from './sort.ts';

/** The inverse of `parsePaperQuery`: fixed order, no defaults. Conditions without a parameter go to `q`. */
export function formatPaperQuery(query: PaperQuery): URLSearchParams {
  const clauses = toClauses(query.where);
  const placed = new Set<Clause>();
  const values: [string, string][] = [];
  for (const filter of filters) {
    const name = filter.qualifiers[0];
    if (filter.parameter === null || name === undefined) continue;
    const own = clauses.filter((clause) => isParameter(clause, filter));
    for (const clause of filter.parameter === 'once' ? own.slice(0, 1) : own) {
      placed.add(clause);
      values.push([name, clause.map((literal) => `${literal.negated ? '-' : ''}${literal.value}`).join()]);
    }
  }
  const text = writeText(clauses.filter((clause) => !placed.has(clause)));
  const params = new URLSearchParams(text === '' ? values : [['q', text], ...values]);
  if (query.sort !== null) params.append(sortName, query.sort);
  if (query.page > 1) params.append('page', String(query.page));
  return params;
}

/** The query without its page, as text for the search box. */
export function formatQueryText(query: PaperQuery): string {
  const text = writeText(toClauses(query.where));
  return [text, query.sort === null ? '' : `${sortName}:${query.sort}`].filter((part) => part !== '').join(' ');
}

/** The address of a list. */
export function hrefOf(path: string, query: PaperQuery): string {
  return hrefOfParams(path, formatPaperQuery(query));
}

export function hrefOfParams(path: string, params: URLSearchParams): string {
  // A colon needs no escape in a query string, and people read addresses.
  const search = params.toString().replaceAll('%3A', ':');
  return search === '' ? path : `${path}?${search}`;
}

export type Chip = { readonly label: string; readonly condition: Condition; readonly without: PaperQuery };

/** Returns one chip for each distinct clause, with the query without that clause. */
export function formatChips(query: PaperQuery, labels: Labels = {}): Chip[] {
  const clauses = toClauses(query.where).map((clause) => ({ clause, key: keyOf(clause) }));
  return clauses.flatMap(({ clause, key }, i) => {
    const [condition] = toConditions([clause]);
    if (!condition || clauses.findIndex((other) => other.key === key) < i) return [];
    const label = clause.map((literal) => labelLiteral(literal, labels)).join(' or ');
    const others = clauses.filter((other) => other.key !== key).map((other) => other.clause);
    return { label, condition, without: { ...query, where: toConditions(others), page: 1 } };
  });
}

function labelLiteral({ filter, condition, negated, value }: Literal, labels: Labels): string {
  const label = filter.label(condition, labels) ?? value;
  return negated ? `not ${label}` : label;
}

function writeText(clauses: readonly Clause[]): string {
  return clauses.map(writeClause).join(' ');
}

/** Only a single condition can be a parameter, and only a repeatable parameter can be negated. */
function isParameter(clause: Clause, filter: Literal['filter']): boolean {
  const [only] = clause;
  return (
    only !== undefined &&
    clause.length === 1 &&
    only.filter === filter &&
    (filter.parameter === 'repeated' || !only.negated)
  );
}

/** The registry of filters, in canonical order. A new filter is a file in this folder and a line here. */
import type { Condition } from '#core/condition.ts';
import { authors } from './authors.ts';
import { category } from './category.ts';
import { comments } from './comments.ts';
import type { Filter } from './filter.ts';
import { has } from './has.ts';
import { id } from './id.ts';
import { listed } from './listed.ts';
import { published } from './published.ts';
import { tag } from './tag.ts';
import { abstract, anywhere, author, organization, title } from './text.ts';
import { upvotes } from './upvotes.ts';

export const filters: readonly Filter[] = [
  anywhere,
  title,
  abstract,
  author,
  organization,
  id,
  category,
  tag,
  authors,
  published,
  listed,
  has,
  upvotes,
  comments,
];

/** The filter for bare words. */
export { anywhere };

const byQualifier = new Map(filters.flatMap((filter) => filter.qualifiers.map((name) => [name, filter] as const)));

export function findFilter(qualifier: string): Filter | null {
  return byQualifier.get(qualifier.toLowerCase()) ?? null;
}

export type FilterMatch = {
  readonly filter: Filter;
  /** The value that parses to the condition. */
  readonly value: string;
};

/** Returns the filter and the written value of a single condition, or null for `not` and `anyOf`. */
export function filterOf(condition: Condition): FilterMatch | null {
  for (const filter of filters) {
    const value = filter.format(condition);
    if (value !== null) return { filter, value };
  }
  return null;
}

/** Formats a condition for the search box: `decoder`, `authors:2..5`. */
export function writeLeaf({ filter, value }: FilterMatch): string {
  return filter.qualifiers[0] === undefined ? value : `${filter.qualifiers[0]}:${value}`;
}

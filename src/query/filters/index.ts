/** The registry of filters, in canonical order: a new one is a file beside this and a line in here. */
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

/** Reads bare words. */
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

/** The filter a single condition belongs to, with the value it is written as; null for `not` and `anyOf`. */
export function filterOf(condition: Condition): FilterMatch | null {
  for (const filter of filters) {
    const value = filter.format(condition);
    if (value !== null) return { filter, value };
  }
  return null;
}

/** The condition as it is written in the search box: `decoder`, `authors:2..5`. */
export function writeLeaf({ filter, value }: FilterMatch): string {
  return filter.qualifiers[0] === undefined ? value : `${filter.qualifiers[0]}:${value}`;
}

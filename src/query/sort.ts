/** `sort:new`, `sort=upvotes`: the order of a list. */
import { type SortKey, sortKeys } from '#core/condition.ts';

/** In the search box; it is the parameter's name too. */
export const sortName = 'sort';
export const sortForms = `one of ${sortKeys.join(', ')}`;

export function parseSort(text: string): SortKey | null {
  return sortKeys.find((key) => key === text.trim().toLowerCase()) ?? null;
}

/** The order of a list: `sort:new` in the search box, `sort=upvotes` in an address. */
import { type SortKey, sortKeys } from '#core/condition.ts';

/** The name of the qualifier and of the URL parameter. */
export const sortName = 'sort';
export const sortForms = `one of ${sortKeys.join(', ')}`;

export function parseSort(text: string): SortKey | null {
  return sortKeys.find((key) => key === text.trim().toLowerCase()) ?? null;
}

/** `listed:2025-W51`: papers by the day of a source's listing. */
import { listingDays } from '#core/day.ts';
import { defineDayFilter } from './day-filter.ts';

export const listed = defineDayFilter({
  kind: 'listedOn',
  qualifier: 'listed',
  values: ['2025-12', '2025-W51', '>=2025-12-01'],
  known: listingDays,
});

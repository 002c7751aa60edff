/** `published:2024-03`: papers by publication date. */
import { publicationDays } from '#core/day.ts';
import { defineDayFilter } from './day-filter.ts';

export const published = defineDayFilter({
  kind: 'publishedOn',
  qualifier: 'published',
  values: ['2024', '>=2023', '2024-01..2024-06'],
  known: publicationDays,
});

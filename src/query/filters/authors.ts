/** `authors:2..5`: papers by number of authors. */
import { defineCountFilter } from './count-filter.ts';

export const authors = defineCountFilter({
  kind: 'authorCount',
  qualifier: 'authors',
  noun: 'author',
  values: ['1', '2..5', '>=10'],
});

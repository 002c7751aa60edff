/** `upvotes:>=10`: papers by number of upvotes. */
import { defineCountFilter } from './count-filter.ts';

export const upvotes = defineCountFilter({
  kind: 'upvotes',
  qualifier: 'upvotes',
  noun: 'upvote',
  values: ['>=1', '>=10', '>=50'],
});

/** `comments:>0`: papers by number of comments. */
import { defineCountFilter } from './count-filter.ts';

export const comments = defineCountFilter({
  kind: 'commentCount',
  qualifier: 'comments',
  noun: 'comment',
  values: ['>0', '>=5'],
});

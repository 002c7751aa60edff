/** `comments:>0`: how much it is talked about. */
import { defineCountFilter } from './count-filter.ts';

export const comments = defineCountFilter({
  kind: 'commentCount',
  qualifier: 'comments',
  noun: 'comment',
  values: ['>0', '>=5'],
});

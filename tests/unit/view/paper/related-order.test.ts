/** The orders of related papers. */
import { expect, test } from 'vitest';
import { aPaper } from '#tests/a-paper.ts';
import { inRelatedOrder, toRelatedSort } from '#view/paper/related-order.ts';

const papers = [
  { paper: aPaper({ id: 'a', publishedOn: '2024-05-01', upvotes: 3 }) },
  { paper: aPaper({ id: 'b', publishedOn: null, upvotes: null }) },
  { paper: aPaper({ id: 'c', publishedOn: '2025', upvotes: 3 }) },
  { paper: aPaper({ id: 'd', publishedOn: '2024-05-02', upvotes: 9 }) },
];

test.each([
  ['similarity', 'a b c d'],
  ['new', 'c d a b'],
  ['upvotes', 'd a c b'],
  ['nonsense', 'a b c d'],
])('related papers have the order %s', (sort, expected) => {
  expect(
    inRelatedOrder(papers, toRelatedSort(sort))
      .map(({ paper }) => paper.id)
      .join(' '),
  ).toBe(expected);
});

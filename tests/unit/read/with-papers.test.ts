/** Papers of search hits. */
import { expect, test } from 'vitest';
import { withPapers } from '#read/with-papers.ts';
import { aPaper } from '#tests/a-paper.ts';

test('papers have the order of the hits, and papers merged meanwhile are omitted', async () => {
  const papers = new Map([1, 2, 3].map((key) => [key, aPaper({ title: `Paper ${key}` })]));
  const found = await withPapers({ papersByKey: async () => papers }, [
    { key: 3, score: 9 },
    { key: 7, score: 8 },
    { key: 1, score: 7 },
  ]);
  expect(found).toEqual([
    { key: 3, score: 9, paper: papers.get(3) },
    { key: 1, score: 7, paper: papers.get(1) },
  ]);
});

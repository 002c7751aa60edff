/** The words of a query that are looked up for corrections. */
import { expect, test } from 'vitest';
import { formatQueryText } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { findCorrections } from '#read/find-corrections.ts';
import type { Library } from '#read/library.ts';

const library = {
  suggester: {
    corrections: async (words: readonly string[]) =>
      words.includes('speculatve') ? [{ word: 'speculatve', suggestions: [{ text: 'speculative', count: 3 }] }] : [],
  },
  search: { search: async () => ({ total: 3 }) },
} as unknown as Library;

async function corrected(q: string, total = 0): Promise<string[]> {
  const { query } = parsePaperQuery(new URLSearchParams({ q }));
  const found = await findCorrections(library, {
    scope: { kind: 'all' },
    query,
    sort: 'relevance',
    today: '2025-12-16' as never,
    total,
  });
  return found.map(({ query: one }) => formatQueryText(one));
}

test('words, words in fields and words of phrases are corrected', async () => {
  expect(await corrected('speculatve authors:3')).toEqual(['speculative authors:3']);
  expect(await corrected('title:speculatve')).toEqual(['title:speculative']);
  expect(await corrected('"speculatve decoding"')).toEqual(['"speculative decoding"']);
});

test('excluded words, prefixes and words with results are not corrected', async () => {
  expect(await corrected('-speculatve')).toEqual([]);
  expect(await corrected('speculatve*')).toEqual([]);
  expect(await corrected('speculatve', 1)).toEqual([]);
});

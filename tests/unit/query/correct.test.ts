/** Corrected queries. */
import { expect, test } from 'vitest';
import { correctQuery } from '#query/correct-query.ts';
import { formatQueryText } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';

const suggest = (word: string, ...texts: string[]) => ({
  word,
  suggestions: texts.map((text) => ({ text, count: 1 })),
});

test('all unknown words are corrected first, then one by its second suggestion; filters stay', () => {
  const { query } = parsePaperQuery(new URLSearchParams('q=speculatve decodng -survey authors:..3 published:2024'));
  const corrected = correctQuery(query, [
    suggest('speculatve', 'speculative'),
    suggest('decodng', 'decoding', 'decoder'),
  ]);
  expect(corrected.map(({ label, query: one }) => [label, formatQueryText(one)])).toEqual([
    ['speculative decoding', 'speculative decoding -survey authors:..3 published:2024'],
    ['speculative decoder', 'speculative decoder -survey authors:..3 published:2024'],
  ]);
});

test('without suggestions there is no corrected query', () => {
  expect(correctQuery(parsePaperQuery(new URLSearchParams('q=zzz')).query, [suggest('zzz')])).toEqual([]);
});

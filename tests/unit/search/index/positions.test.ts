/** Phrase search in texts that repeat a word up to hundreds of times, so all encodings of positions occur. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { matches } from '#core/matches.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { aPaper } from '#tests/a-paper.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { FakeDocuments } from '#tests/search-fake-documents.ts';
import { aRequest, toDocuments } from '#tests/search-stores.ts';

const timeoutMs = 60_000;

/** Up to six runs of up to 400 repetitions of a word. */
const longText = fc
  .array(fc.tuple(fc.constantFrom('alpha', 'beta', 'gamma', 'delta'), fc.oneof(fc.nat(3), fc.nat(400))), {
    maxLength: 6,
  })
  .map((runs) => runs.flatMap(([word, times]) => Array.from({ length: times }, () => word)).join(' '));

const phrase = fc
  .array(fc.constantFrom('alpha', 'beta', 'gamma', 'delta'), { minLength: 2, maxLength: 4 })
  .map((words): Condition => ({ kind: 'text', field: 'any', match: 'phrase', text: words.join(' ') }));

test(
  'phrase search finds the papers for which matches holds, before and after a merge',
  () => {
    fc.assert(
      fc.property(fc.array(longText, { minLength: 1, maxLength: 60 }), phrase, (texts, condition) => {
        const store = texts.map((abstract, key) => ({
          key,
          paper: aPaper({ id: `p${key}`, title: 'title', abstract }),
        }));
        const index = new SearchIndex(new FakeDocuments(toDocuments(store)));
        const half = store.length >> 1;
        index.update(toDocuments(store.slice(0, half)), { removed: [], revision: 1 });
        index.update(toDocuments(store.slice(half)), { removed: [], revision: 2 });
        const expected = store.filter(({ paper }) => matches(condition, paper)).map(({ key }) => key);
        const found = () => index.search(aRequest({ where: [condition] })).hits.map(({ key }) => key);
        expect(found().sort((a, b) => a - b)).toEqual(expected);
        for (const _ of index.mergeSmallSegments());
        expect(found().sort((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: propertyRuns(100) },
    );
  },
  timeoutMs,
);

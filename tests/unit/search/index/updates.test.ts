/** An index that was brought up to date answers as one that was built anew. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Condition, sortKeys } from '#core/condition.ts';
import { matches } from '#core/matches.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { FakeDocuments } from '#tests/search-fake-documents.ts';
import {
  aRequest,
  arbitraryStore,
  arbitraryWhere,
  type Entry,
  indexOf,
  manyPapers,
  toDocuments,
} from '#tests/search-stores.ts';

const timeoutMs = 60_000;

const step = fc.record({
  changed: arbitraryStore,
  removed: fc.array(fc.nat(30), { maxLength: 4 }),
  foldSteps: fc.nat(12),
});
const word = (text: string, match: 'word' | 'phrase' | 'prefix' = 'word'): Condition => ({
  kind: 'text',
  field: 'any',
  match,
  text,
});

test(
  'after any additions, changes, removals and folds, half-done ones too',
  () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        arbitraryWhere,
        fc.constantFrom(...sortKeys),
        (steps, where, sort) => {
          const store = new Map<number, Entry>();
          const index = new SearchIndex({
            textsOf: (keys) => new FakeDocuments(toDocuments([...store.values()])).textsOf(keys),
          });
          let fold = index.mergeSmallSegments();
          for (const [i, { changed, removed, foldSteps }] of steps.entries()) {
            const gone = removed.filter((key) => !changed.some((entry) => entry.key === key));
            // What a search of all papers leaves behind must follow the changes.
            index.search(aRequest());
            for (const key of gone) store.delete(key);
            for (const entry of changed) store.set(entry.key, entry);
            index.update(toDocuments(changed), { removed: gone, revision: i + 1 });
            for (let done = 0; done < foldSteps; done++) if (fold.next().done) fold = index.mergeSmallSegments();
          }
          const request = aRequest({ where, sort, limit: 7, offset: 2 });
          expect({ ...index.search(request), revision: 0 }).toEqual({
            ...indexOf([...store.values()]).search(request),
            revision: 0,
          });
        },
      ),
      { numRuns: propertyRuns(150) },
    );
  },
  timeoutMs,
);

test(
  'with lists of many blocks, in parts and folded into one',
  () => {
    const store = manyPapers(1200).map((paper, i) => ({ paper, key: (i * 1237) % 1201 }));
    const changed = manyPapers(160, 2).map((paper, i) => ({ paper, key: (i * 1237) % 1201 }));
    const now = [...changed, ...store.slice(160)];
    const index = new SearchIndex(new FakeDocuments(toDocuments(now)));
    for (let i = 0; i < 1200; i += 280)
      index.update(toDocuments(store.slice(i, i + 280)), { removed: [], revision: 1 });
    index.update(toDocuments(changed), { removed: [], revision: 1 });
    const [whole, before] = [indexOf(now), index.segments.length];
    const queries: Condition[][] = [
      [],
      [word('speculative')],
      [word('models'), word('graph')],
      [word('rare3')],
      [word('large language model', 'phrase')],
      [word('of the', 'phrase'), { kind: 'not', condition: word('proof') }],
      [word('mod', 'prefix')],
      [word('large mod', 'prefix')],
      [{ kind: 'text', field: 'title', match: 'phrase', text: 'model language' }],
      [{ kind: 'anyOf', conditions: [word('rare1'), word('decoding'), { kind: 'authorName', name: 'writer 3' }] }],
      [{ kind: 'text', field: 'author', match: 'word', text: '13' }, word('attention')],
    ];
    const answers = () =>
      queries.flatMap((where) => sortKeys.map((sort) => index.search(aRequest({ where, sort, limit: 50 }))));
    const expected = queries.flatMap((where) =>
      sortKeys.map((sort) => whole.search(aRequest({ where, sort, limit: 50 }))),
    );
    expect(answers()).toEqual(expected);
    for (const _ of index.mergeSmallSegments());
    expect(before).toBeGreaterThan(2);
    expect(index.segments.length).toBeLessThan(before);
    expect(answers()).toEqual(expected);
    for (const where of queries) {
      const holding = now
        .filter(({ paper }) => where.every((condition) => matches(condition, paper)))
        .map(({ key }) => key);
      expect(
        index
          .search(aRequest({ where, limit: 9999 }))
          .hits.map(({ key }) => key)
          .sort(),
      ).toEqual(holding.sort());
    }
  },
  timeoutMs,
);

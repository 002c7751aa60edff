/** An updated index returns the same results as a new index of the same papers. */
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
  mergeSteps: fc.nat(12),
});
const word = (text: string, match: 'word' | 'phrase' | 'prefix' = 'word'): Condition => ({
  kind: 'text',
  field: 'any',
  match,
  text,
});

test(
  'an index equals a new one after random updates, deletions and partial merges',
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
          let merge = index.mergeSmallSegments();
          for (const [i, { changed, removed, mergeSteps }] of steps.entries()) {
            const deleted = removed.filter((key) => !changed.some((entry) => entry.key === key));
            // This search fills the segments' caches. The update must keep them correct.
            index.search(aRequest());
            for (const key of deleted) store.delete(key);
            for (const entry of changed) store.set(entry.key, entry);
            index.update(toDocuments(changed), { removed: deleted, revision: i + 1 });
            for (let done = 0; done < mergeSteps; done++) if (merge.next().done) merge = index.mergeSmallSegments();
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
  'an index with postings of many blocks equals a new one before and after a merge',
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
    const results = () =>
      queries.flatMap((where) => sortKeys.map((sort) => index.search(aRequest({ where, sort, limit: 50 }))));
    const expected = queries.flatMap((where) =>
      sortKeys.map((sort) => whole.search(aRequest({ where, sort, limit: 50 }))),
    );
    expect(results()).toEqual(expected);
    for (const _ of index.mergeSmallSegments());
    expect(before).toBeGreaterThan(2);
    expect(index.segments.length).toBeLessThan(before);
    expect(results()).toEqual(expected);
    for (const where of queries) {
      const matching = now
        .filter(({ paper }) => where.every((condition) => matches(condition, paper)))
        .map(({ key }) => key);
      expect(
        index
          .search(aRequest({ where, limit: 9999 }))
          .hits.map(({ key }) => key)
          .sort(),
      ).toEqual(matching.sort());
    }
  },
  timeoutMs,
);

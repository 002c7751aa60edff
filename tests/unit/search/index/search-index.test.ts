/** The search index agrees with `matches` and with a naive sort and count. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Condition, sortKeys } from '#core/condition.ts';
import { matches } from '#core/matches.ts';
import type { SearchRequest, SearchResult } from '#core/ports/papers.ts';
import type { SearchIndex } from '#search/index/search-index.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { naiveFacets, naiveOrder } from '#tests/search-naive.ts';
import { aRequest, arbitraryStore, arbitraryWhere, indexOf, today } from '#tests/search-stores.ts';

const timeoutMs = 60_000;

const someWords = fc.array(
  fc
    .constantFrom('decoder', 'decoding', 'model', 'draft', 'attention', 'jane', 'x')
    .map((text): Condition => ({ kind: 'text', field: 'any', match: 'word', text })),
  { minLength: 1, maxLength: 3 },
);
const aFilter = fc.constantFrom<Condition>(
  { kind: 'authorCount', min: 1, max: null },
  { kind: 'upvotes', min: null, max: 8 },
  { kind: 'not', condition: { kind: 'text', field: 'any', match: 'word', text: 'survey' } },
  { kind: 'text', field: 'title', match: 'prefix', text: 'de' },
);

test(
  'a search finds exactly the papers that match every condition, with the right facets',
  () => {
    fc.assert(
      fc.property(arbitraryStore, arbitraryWhere, (store, where) => {
        const found = indexOf(store).search(aRequest({ where }));
        const expected = store
          .filter(({ paper }) => where.every((condition) => matches(condition, paper)))
          .map(({ key }) => key);
        expect(found.hits.map((hit) => hit.key).sort()).toEqual(expected.sort());
        expect(found.total).toBe(expected.length);
        const papers = store.map(({ paper }) => paper);
        const matching = store.filter(({ key }) => expected.includes(key)).map(({ paper }) => paper);
        expect(found.facets).toEqual(naiveFacets(matching, papers));
      }),
      { numRuns: propertyRuns(300) },
    );
  },
  timeoutMs,
);

test(
  'a search orders papers like a naive sort, and its pages have no gaps or duplicates',
  () => {
    fc.assert(
      fc.property(
        arbitraryStore,
        arbitraryWhere,
        fc.constantFrom(...sortKeys.filter((key) => key !== 'relevance')),
        (store, where, sort) => {
          const index = indexOf(store);
          const found = store.filter(({ paper }) => where.every((condition) => matches(condition, paper)));
          const request = aRequest({ where, sort, facets: false });
          expect(index.search(request).hits.map((hit) => hit.key)).toEqual(naiveOrder(found, { where, sort, today }));
          expect(pagesOf(index, request, 3)).toEqual(index.search(request).hits);
        },
      ),
      { numRuns: propertyRuns(150) },
    );
  },
  timeoutMs,
);

test(
  'pages by relevance have no gaps or duplicates, and partial matches follow full matches',
  () => {
    fc.assert(
      fc.property(arbitraryStore, someWords, arbitraryWhere, (store, words, others) => {
        const index = indexOf(store);
        const where = [...words, ...others];
        const request = aRequest({ where, sort: 'relevance', facets: false });
        const whole = index.search(request);
        expect(whole.hits).toHaveLength(whole.total + whole.partial);
        expect(whole.hits.map((hit) => hit.partial)).toEqual(whole.hits.map((_, i) => i >= whole.total));
        expect(pagesOf(index, request, 4)).toEqual(whole.hits);
      }),
      { numRuns: propertyRuns(150) },
    );
  },
  timeoutMs,
);

test(
  'partial matches are the papers that match all filters and some of the words',
  () => {
    fc.assert(
      fc.property(arbitraryStore, someWords, aFilter, (store, words, filter) => {
        const keysOf = (condition: Condition) =>
          store.filter(({ paper }) => matches(condition, paper)).map(({ key }) => key);
        const [filtered, byWord] = [new Set(keysOf(filter)), words.map((word) => new Set(keysOf(word)))];
        const { hits } = indexOf(store).search(
          aRequest({ where: [...words, filter], sort: 'relevance', facets: false }),
        );
        const expected = store
          .map(({ key }) => key)
          .filter((key) => filtered.has(key) && byWord.some((keys) => keys.has(key)));
        expect(hits.map(({ key }) => key).sort()).toEqual(expected.sort());
        for (const { key, partial } of hits) expect(partial).toBe(!byWord.every((keys) => keys.has(key)));
      }),
      { numRuns: propertyRuns(150) },
    );
  },
  timeoutMs,
);

function pagesOf(index: SearchIndex, request: SearchRequest, limit: number): SearchResult['hits'] {
  const hits: SearchResult['hits'][number][] = [];
  for (let offset = 0; ; offset += limit) {
    const page = index.search({ ...request, offset, limit }).hits;
    if (page.length === 0) return hits;
    hits.push(...page);
  }
}

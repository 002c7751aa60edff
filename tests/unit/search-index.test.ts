/** The search index against the meaning of conditions and against naive sorting and counting. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortKeys } from '#core/condition';
import { matches } from '#core/matches';
import type { SearchRequest, SearchResult } from '#core/ports';
import { SearchIndex } from '#serve/search/search-index';
import { arbitraryCondition, arbitraryPapers } from '#tests/arbitrary-query';
import { naiveFacets, naiveOrder } from '#tests/search-naive';
import { FakeDocuments } from '#tests/search-fake-documents';
import { toSearchDocument } from '#tests/search-document';
import { DaySchema } from '#core/day';

const today = DaySchema.parse('2025-12-16');
const timeoutMs = 60_000;
const aRequest = (overrides: Partial<SearchRequest>): SearchRequest => ({ where: [], sort: 'new', offset: 0, limit: 100, facets: true, today, ...overrides });

const stores = fc.tuple(arbitraryPapers, arbitraryPapers).map(([some, others]) => {
  const papers = [...new Map([...some, ...others].map((paper) => [paper.id, paper])).values()];
  // Keys out of the order of anything else.
  return papers.map((paper, i) => ({ paper, key: (i * 7) % 1009 }));
});
const conditions = fc.array(arbitraryCondition, { maxLength: 3 });

function indexOf(store: readonly { readonly paper: Parameters<typeof toSearchDocument>[0]; readonly key: number }[]) {
  const documents = store.map(({ paper, key }) => toSearchDocument(paper, key));
  const index = new SearchIndex(new FakeDocuments(documents));
  index.update(documents, { removed: [], revision: 1 });
  return index;
}

test('finds exactly the papers for which every condition holds', () => {
  fc.assert(
    fc.property(stores, conditions, (store, where) => {
      const found = indexOf(store).search(aRequest({ where }));
      const expected = store.filter(({ paper }) => where.every((condition) => matches(condition, paper))).map(({ key }) => key);
      expect(found.hits.map((hit) => hit.key).sort()).toEqual(expected.sort());
      expect(found.total).toBe(expected.length);
      expect(found.facets).toEqual(naiveFacets(store.filter(({ key }) => expected.includes(key)).map(({ paper }) => paper)));
    }),
    { numRuns: 3000 },
  );
}, timeoutMs);

test('orders as a plain sort does, and pages neither repeat nor miss', () => {
  fc.assert(
    fc.property(stores, conditions, fc.constantFrom(...sortKeys.filter((key) => key !== 'relevance')), (store, where, sort) => {
      const index = indexOf(store);
      const found = store.filter(({ paper }) => where.every((condition) => matches(condition, paper)));
      const request = aRequest({ where, sort, facets: false });
      expect(index.search(request).hits.map((hit) => hit.key)).toEqual(naiveOrder(found, { where, sort, today }));
      expect(pagesOf(index, request, 3)).toEqual(index.search(request).hits);
    }),
    { numRuns: 1000 },
  );
}, timeoutMs);

test('under relevance pages fit together too, with the partial matches behind the full ones', () => {
  fc.assert(
    fc.property(stores, conditions, (store, where) => {
      const index = indexOf(store);
      const request = aRequest({ where, sort: 'relevance', facets: false });
      const whole = index.search(request);
      expect(whole.hits).toHaveLength(whole.total + whole.partial);
      expect(whole.hits.map((hit) => hit.partial)).toEqual(whole.hits.map((_, i) => i >= whole.total));
      expect(pagesOf(index, request, 4)).toEqual(whole.hits);
    }),
    { numRuns: 1000 },
  );
}, timeoutMs);

function pagesOf(index: SearchIndex, request: SearchRequest, limit: number): SearchResult['hits'] {
  const hits: SearchResult['hits'][number][] = [];
  for (let offset = 0; ; offset += limit) {
    const page = index.search({ ...request, offset, limit }).hits;
    if (page.length === 0) return hits;
    hits.push(...page);
  }
}

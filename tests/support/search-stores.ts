/** Random stores and requests for tests of the search index. */
import fc from 'fast-check';
import { DaySchema } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import type { PaperKey, SearchDocument, SearchRequest } from '#core/ports/papers.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { aPaper } from './a-paper.ts';
import { arbitraryCondition, arbitraryPapers } from './arbitrary-query.ts';
import { toSearchDocument } from './search-document.ts';
import { FakeDocuments } from './search-fake-documents.ts';

export type Entry = { readonly paper: Paper; readonly key: PaperKey };

export const today = DaySchema.parse('2025-12-16');

export const aRequest = (overrides: Partial<SearchRequest> = {}): SearchRequest => ({
  where: [],
  sort: 'new',
  offset: 0,
  limit: 1000,
  facets: true,
  today,
  ...overrides,
});

/** Papers with keys in no particular order. Some topics are keywords of other papers. */
export const arbitraryStore: fc.Arbitrary<Entry[]> = fc
  .tuple(arbitraryPapers, arbitraryPapers)
  .map(([some, others]) => {
    const papers = [...new Map([...some, ...others].map((paper) => [paper.id, paper])).values()];
    return papers.map((paper, i) => ({ paper: i % 3 === 2 ? withKeywords(paper) : paper, key: (i * 7 + 5) % 31 }));
  });

const withKeywords = (paper: Paper): Paper => ({
  ...paper,
  tags: paper.tags.map((tag) => ({ ...tag, kind: 'keyword' })),
});

export const arbitraryWhere = fc.array(arbitraryCondition, { maxLength: 3 });

export const toDocuments = (store: readonly Entry[]): SearchDocument[] =>
  store.map(({ paper, key }) => toSearchDocument(paper, key));

/** Returns an index of the papers in one segment. */
export function indexOf(store: readonly Entry[]): SearchIndex {
  const documents = toDocuments(store);
  const index = new SearchIndex(new FakeDocuments(documents));
  index.update(documents, { removed: [], revision: 1 });
  return index;
}

const words = [
  'model',
  'models',
  'language',
  'large',
  'decoding',
  'draft',
  'speculative',
  'attention',
  'of',
  'the',
  'graph',
  'neural',
  'proof',
];

/** Returns pseudo-random papers, the same for the same seed. A few hundred give postings of several blocks. */
export function manyPapers(count: number, seed = 1): Paper[] {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
  const sentence = (length: number) =>
    Array.from({ length }, () => words[Math.min(next(words.length), next(words.length))]).join(' ');
  return Array.from({ length: count }, (_, i) =>
    aPaper({
      id: `paper-${seed}-${i}`,
      title: sentence(3 + next(5)),
      abstract: `${sentence(5 + next(30))}${next(50) === 0 ? ` rare${next(9)}` : ''}`,
      authors: [`Author ${next(40)}`, `Writer ${next(7)}`],
      publishedOn:
        next(20) === 0
          ? null
          : next(9) === 0
            ? String(2019 + next(6))
            : `20${19 + next(6)}-0${1 + next(9)}-1${next(9)}`,
      upvotes: next(3) === 0 ? null : next(50),
      tags: next(2) === 0 ? ['nlp'] : ['cs.cl', 'survey'],
    }),
  );
}

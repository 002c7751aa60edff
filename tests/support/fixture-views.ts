/** List views for tests, built by the real builders from a few papers. */
import type { Day } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { PaperListView } from '#view/list/paper-list-view.ts';
import { type ListContext, toPaperListView } from '#view/list/to-paper-list-view.ts';

type Overrides = Partial<Omit<ListContext, 'query' | 'papers'>> & { readonly partialFrom?: number };

/** Returns the view of a list with these query parameters and these results. */
export function aListView(
  papers: readonly Paper[],
  params = '',
  { partialFrom = papers.length, ...overrides }: Overrides = {},
): PaperListView {
  const { query, problems } = parsePaperQuery(new URLSearchParams(params));
  const partial = papers.length - partialFrom;
  return toPaperListView({
    scope: { kind: 'all' },
    query,
    problems,
    result: {
      total: partialFrom,
      partial,
      indexing: null,
      facets: { topics: [], years: [], authorCounts: [], hasCode: 0 },
    },
    papers: papers.map((paper, index) => ({ paper, partial: index >= partialFrom, score: 0 })),
    days: [{ day: '2025-12-16' as Day, count: 35 }],
    today: '2025-12-16' as Day,
    tagLabels: new Map(),
    suggestions: [],
    formats: [
      { label: 'Atom', path: '/feeds/papers.atom', feedType: 'application/atom+xml' },
      { label: 'BibTeX', path: '/feeds/papers.bib', feedType: null },
    ],
    storeIsEmpty: false,
    siteUrl: 'https://digest.example',
    ...overrides,
  });
}

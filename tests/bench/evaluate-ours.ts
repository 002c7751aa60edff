/** Ranks papers exactly as the page does for the text of the search box. */
import { DaySchema } from '#core/day.ts';
import { PaperIdSchema } from '#core/paper.ts';
import type { SearchDocument } from '#core/ports/papers.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import type { JudgedPaper } from './evaluate-collection.ts';
import type { Ranker } from './evaluate-peers.ts';

const today = DaySchema.parse('2025-12-16');

export const rankWithOurs: Ranker = {
  name: 'Paper Digest',
  create: (papers) => {
    const index = new SearchIndex({ textsOf: () => new Map() });
    index.update(papers.map(toDocument), { removed: [], revision: 1 });
    return (text, limit) => {
      const { query } = parsePaperQuery(new URLSearchParams({ q: text }));
      const found = index.search({
        where: query.where,
        sort: query.sort ?? 'relevance',
        offset: 0,
        limit,
        facets: true,
        today,
      });
      return found.hits.map(({ key }) => papers[key]?.id ?? '');
    };
  },
};

export function toDocument({ title, abstract }: JudgedPaper, key: number): SearchDocument {
  return {
    key, id: PaperIdSchema.parse(`paper-${key}`), aliases: [], title, abstract, authors: [], authorCount: null, organization: null, publishedOn: null,
    listings: [], upvotes: null, commentCount: null, tags: [], hasCode: false, hasProject: false,
  }; // biome-ignore format: empty but for the texts
}

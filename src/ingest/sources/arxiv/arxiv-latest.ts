/** Fetches new papers of categories: the search fills gaps, the RSS feed gives today's order of announcement. */
import type { Day } from '#core/day.ts';
import { defineFetchSource, type FetchEvent } from '#ingest/fetch-source.ts';
import { arxivRss } from './arxiv-rss.ts';
import { arxivSearch } from './arxiv-search.ts';

export type ArxivLatestOptions = { readonly categories: readonly string[]; readonly from: Day; readonly to: Day };

export const arxivLatest = defineFetchSource<ArxivLatestOptions>({
  name: 'arxiv',
  async *fetch(context, options): AsyncGenerator<FetchEvent> {
    yield* arxivSearch.fetch(context, options);
    yield* arxivRss.fetch(context, options);
  },
});

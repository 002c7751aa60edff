/** The operations for programs: API v1, the Hugging Face compatible API, MCP, and files for crawlers. */
import type { Day } from '#core/day.ts';
import { renderPaperMarkdown } from '#formats/shared/paper-markdown.ts';
import { type Library, soFar } from '#read/library.ts';
import { listTags } from '#read/list-tags.ts';
import { memoizeByRevision } from '#read/memoize-by-revision.ts';
import { toApiDayList, toApiTagList } from '#view/api.ts';
import { toImageView } from '#view/paper/image-view.ts';
import { renderSitemap, renderSitemapIndex } from './crawlers/sitemap.ts';
import { renderLlms, renderOpenSearch, renderRobots, renderSecurity } from './crawlers/texts.ts';
import { listDailyPapers } from './hf/daily-papers.ts';
import { findHfPaper, getHfPaper, getHfRepos, listHfPapers } from './hf/hf-papers.ts';
import { searchHfPapers } from './hf/search-papers.ts';
import { answerMessage } from './mcp/answer-message.ts';
import { toApiPageView } from './openapi/to-api-page-view.ts';
import { toOpenApi } from './openapi/to-open-api.ts';
import { createListCursors } from './v1/list-cursors.ts';
import { getPaperForApi, listPapersForApi, listRelatedForApi } from './v1/list-papers.ts';
import { suggestForApi, suggestForOpenSearch } from './v1/suggest.ts';

export function createApi(library: Library) {
  const { reader, siteUrl } = library;
  const atRevision = memoizeByRevision(() => reader.revision());
  const cursors = createListCursors(library.search, reader);
  const cursorsSoFar = createListCursors(library.searchSoFar, reader);
  const openApi = toOpenApi(siteUrl);
  return {
    openApi: () => openApi,
    page: atRevision(async () => toApiPageView(siteUrl, (await reader.idsAfter(0, 1))[0]?.id ?? '2405.14906')),
    papers: (params: URLSearchParams) => listPapersForApi(soFar(library), cursorsSoFar, params),
    paper: (id: string) => getPaperForApi(library, id),
    related: (id: string, params: URLSearchParams) => listRelatedForApi(library, id, params),
    tags: atRevision(async () => toApiTagList(await listTags(library))),
    days: atRevision(async () => toApiDayList(await reader.listingDays(), siteUrl)),
    suggest: (params: URLSearchParams) => suggestForApi(library, params),
    openSearch: (params: URLSearchParams) => suggestForOpenSearch(library, params),
    /** `today`: the current day in UTC. */
    hfDaily: (params: URLSearchParams, today: Day) => listDailyPapers(library, params, today),
    hfSearch: (params: URLSearchParams) => searchHfPapers(library, params),
    hfPapers: (params: URLSearchParams) => listHfPapers(library, cursors, params),
    hfPaper: (id: string) => getHfPaper(library, id),
    hfRepos: (id: string) => getHfRepos(id),
    /** Handles one message of the Model Context Protocol. Returns null if it needs no response. */
    mcp: (message: unknown) => answerMessage(message, { library, cursors }),
    sitemapIndex: () => renderSitemapIndex({ reader, siteUrl }),
    /** Returns null for an unknown file. */
    sitemap: (file: string) => renderSitemap({ reader, siteUrl }, file),
    robots: () => renderRobots(siteUrl),
    llms: () => renderLlms(siteUrl),
    openSearchDescription: () => renderOpenSearch(siteUrl),
    security: (contactUrl: string, today: Day) => renderSecurity({ siteUrl, contactUrl, today }),
    /** The preview image of a paper on other sites. Throws `not_found`. */
    image: async (id: string) => toImageView(await findHfPaper(library, id)),
    /** Throws `not_found`. */
    markdown: async (id: string) => renderPaperMarkdown(await findHfPaper(library, id), siteUrl),
  };
}

/** The read path of every list: address → query → search → papers → view. */
import type { Condition, SortKey } from '#core/condition.ts';
import { type Day, parseDay } from '#core/day.ts';
import type { DayCount, SearchResult } from '#core/ports/papers.ts';
import type { PaperQuery, QueryProblem } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { type ListScope, pageSizeOf } from '#query/scope.ts';
import type { PaperListView } from '#view/list/paper-list-view.ts';
import { type FoundPaper, sortOf, toPaperListView, whereOf } from '#view/list/to-paper-list-view.ts';
import { findCorrections } from './find-corrections.ts';
import type { Library } from './library.ts';
import { withPapers } from './with-papers.ts';

export type ListRequest = {
  readonly scope: ListScope;
  readonly query: PaperQuery;
  readonly problems: readonly QueryProblem[];
  readonly offset: number;
  readonly limit: number;
  readonly facets: boolean;
};

/** The search result and papers behind a page, a feed or an API response. */
export type FoundList = {
  readonly request: ListRequest;
  readonly sort: SortKey;
  readonly result: SearchResult;
  readonly papers: readonly FoundPaper[];
  readonly today: Day;
  readonly days: readonly DayCount[];
};

/** A link to the list in another format. `feedType`: media type of a feed, by which feed readers find it. */
export type FormatLink = { readonly label: string; readonly path: string; readonly feedType: string | null };

export function toListRequest(scope: ListScope, params: URLSearchParams): ListRequest {
  const { query, problems } = parsePaperQuery(params);
  const limit = pageSizeOf(scope);
  return { scope, query, problems, offset: (query.page - 1) * limit, limit, facets: true };
}

export async function findPapers(library: Library, request: ListRequest): Promise<FoundList> {
  const found = await findHits(library, request);
  return { ...found, papers: await withPapers(library.reader, found.result.hits) };
}

/** Searches without reading the papers. */
export async function findHits({ reader, search }: Library, request: ListRequest): Promise<Omit<FoundList, 'papers'>> {
  const { scope, query, offset, limit, facets } = request;
  const days = await reader.listingDays();
  const today = latestDay(days);
  const sort = sortOf(scope, query);
  const result = await search.search({ where: whereOf(scope, query), sort, offset, limit, facets, today });
  return { request, sort, result, today, days };
}

export async function listPapers(
  library: Library,
  request: ListRequest,
  formats: readonly FormatLink[],
): Promise<PaperListView> {
  const found = await findPapers(library, request);
  const { reader } = library;
  return toPaperListView({
    ...request,
    ...found,
    tagLabels: await tagLabelsOf(library, request.query),
    suggestions: await findCorrections(library, { ...request, ...found, total: found.result.total }),
    formats,
    siteUrl: library.siteUrl,
    storeIsEmpty: found.result.total === 0 && (await reader.paperCount()) === 0,
  });
}

/** The latest listing day of the store. The age of papers in the trending formula counts from it. */
export function latestDay(days: readonly DayCount[]): Day {
  return days.at(-1)?.day ?? (parseDay('1970-01-01') as Day);
}

/** Labels of the tags in the query. */
export function tagLabelsOf({ reader }: Library, { where }: PaperQuery): Promise<ReadonlyMap<string, string>> {
  return reader.tagLabels(slugsOf(where));
}

function slugsOf(where: readonly Condition[]): string[] {
  return where.flatMap((condition) => {
    if (condition.kind === 'tag') return [condition.slug];
    if (condition.kind === 'not') return slugsOf([condition.condition]);
    return condition.kind === 'anyOf' ? slugsOf(condition.conditions) : [];
  });
}

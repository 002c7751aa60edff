/** How papers, topics and days become responses of our own API. */
import type { Paper } from '#core/paper.ts';
import type { DayCount, SearchResult } from '#core/ports/papers.ts';
import { formatQueryText } from '#query/format-query.ts';
import type { PaperQuery, QueryProblem } from '#query/paper-query.ts';
import type { ApiDayList, ApiPaper, ApiPaperList, ApiTagList } from './api-schemas.ts';
import { dayPath, paperPath, tagPath } from './paths.ts';
import type { TagListData } from './tag-list-view.ts';

export type ApiListContext = {
  readonly result: Pick<SearchResult, 'total' | 'partial' | 'facets' | 'indexing'>;
  readonly papers: readonly { readonly paper: Paper; readonly partial: boolean }[];
  readonly problems: readonly QueryProblem[];
  readonly corrections: readonly { readonly query: PaperQuery; readonly count: number }[];
  readonly next: string | null;
  /** Where this instance is reached, `https://digest.example`. */
  readonly siteUrl: string;
};

export function toApiPaper(paper: Paper, siteUrl: string): ApiPaper {
  const {
    id,
    arxivId,
    title,
    abstract,
    authors,
    authorCount,
    organization,
    publishedOn,
    listings,
    upvotes,
    commentCount,
  } = paper;
  const { links, tags, comment, withdrawn, aliases, provenance } = paper;
  const known = {
    id,
    arxivId,
    title,
    abstract,
    authors,
    authorCount,
    organization,
    publishedOn,
    listings,
    upvotes,
    commentCount,
  };
  return { ...known, links, tags, comment, withdrawn, aliases, provenance, url: new URL(paperPath(id), siteUrl).href };
}

export function toApiPaperList({ result, papers, problems, corrections, next, siteUrl }: ApiListContext): ApiPaperList {
  return {
    total: result.total,
    partial: result.partial,
    atLeast: false,
    papers: papers.map(({ paper, partial }) => ({ ...toApiPaper(paper, siteUrl), partial })),
    facets: result.facets,
    problems,
    next,
    didYouMean: corrections.map(({ query, count }) => ({ q: formatQueryText(query), total: count })),
    ...(result.indexing ? { indexing: result.indexing } : {}),
  };
}

export function toApiTagList({ siteUrl, tags, parents, months }: TagListData): ApiTagList {
  const bySlug = Map.groupBy(months, ({ slug }) => slug);
  return {
    tags: tags
      .filter(({ count }) => count > 0)
      .map(({ kind, slug, label, count }) => ({
        kind,
        slug,
        label,
        count,
        parent: parents.get(slug) ?? null,
        url: `${siteUrl}${tagPath(slug)}`,
        months: (bySlug.get(slug) ?? [])
          .map(({ month, count }) => ({ month, count }))
          .sort((a, b) => (a.month < b.month ? -1 : 1)),
      }))
      .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1)),
  };
}

export function toApiDayList(days: readonly DayCount[], siteUrl: string): ApiDayList {
  return { days: days.map(({ day, count }) => ({ day, count, url: `${siteUrl}${dayPath(day)}` })).reverse() };
}

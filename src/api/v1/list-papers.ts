/** `GET /api/v1/papers`: parameters of the page `/papers`, with `limit` and `cursor` instead of `page`. */

import { readParameters } from '#api/read-parameters.ts';
import { AppError } from '#core/errors.ts';
import type { QueryProblem } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { findCorrections } from '#read/find-corrections.ts';
import { getPaper } from '#read/find-paper.ts';
import type { Library } from '#read/library.ts';
import { latestDay } from '#read/list-papers.ts';
import { relatedTo } from '#read/show-paper.ts';
import { withPapers } from '#read/with-papers.ts';
import { toApiPaper, toApiPaperList } from '#view/api.ts';
import type { ApiPaper, ApiPaperList, ApiRelated } from '#view/api-schemas.ts';
import { sortOf, whereOf } from '#view/list/to-paper-list-view.ts';
import type { ListCursors } from './list-cursors.ts';
import { PageParametersSchema, RelatedParametersSchema } from './parameters.ts';

/** Throws `bad_request` with the first unknown or malformed parameter. */
export async function listPapersForApi(
  library: Library,
  cursors: ListCursors,
  params: URLSearchParams,
): Promise<ApiPaperList> {
  const { query, problems } = parsePaperQuery(params, { otherNames: ['limit', 'cursor'] });
  rejectErrors([...problems, ...(params.has('page') ? [pageProblem] : [])]);
  const { limit, cursor = null } = readParameters(PageParametersSchema, pick(params, ['limit', 'cursor']));
  const { reader, siteUrl } = library;
  const scope = { kind: 'all' } as const;
  const today = latestDay(await reader.listingDays());
  const sort = sortOf(scope, query);
  const request = { where: whereOf(scope, query), sort, limit, facets: true, today };
  const { result, next } = await cursors.page(request, cursor);
  const papers = await withPapers(reader, result.hits);
  const corrections =
    cursor === null ? await findCorrections(library, { scope, query, sort, today, total: result.total }) : [];
  return toApiPaperList({ result, papers, problems, corrections, next, siteUrl });
}

/** Throws `not_found`. */
export async function getPaperForApi({ reader, siteUrl }: Library, id: string): Promise<ApiPaper> {
  const { paper } = await getPaper(reader, id);
  return toApiPaper(paper, siteUrl);
}

/** Returns related papers with the terms, topics and authors they share. Throws `not_found`. */
export async function listRelatedForApi(library: Library, id: string, params: URLSearchParams): Promise<ApiRelated> {
  const options = readParameters(RelatedParametersSchema, params);
  const { key } = await getPaper(library.reader, id);
  const related = await relatedTo(library, key, options);
  return {
    papers: related.map(({ paper, terms, topics, authors }) => ({
      ...toApiPaper(paper, library.siteUrl),
      reason: { terms, topics, authors },
    })),
  };
}

const pageProblem: QueryProblem = {
  level: 'error',
  parameter: 'page',
  message: 'Lists are paged by “cursor” here: take the answer’s “next”.',
};

export function rejectErrors(problems: readonly QueryProblem[]): void {
  const errors = problems.filter((problem) => problem.level === 'error');
  const [first] = errors;
  if (first) throw new AppError('bad_request', first.message, { parameter: first.parameter, problems: errors });
}

function pick(params: URLSearchParams, names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...params].filter(([name]) => names.includes(name)));
}

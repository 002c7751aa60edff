/** `GET /api/papers`, `/api/papers/{id}` and `/api/arxiv/{id}/repos` of the Hugging Face compatible API. */

import type { ListCursors } from '#api/v1/list-cursors.ts';
import { AppError } from '#core/errors.ts';
import type { Paper } from '#core/paper.ts';
import { arxivIdOf, findPaper } from '#read/find-paper.ts';
import type { Library } from '#read/library.ts';
import { latestDay } from '#read/list-papers.ts';
import { withPapers } from '#read/with-papers.ts';
import type { HfPage } from './daily-papers.ts';
import { ListParametersSchema, readParameters } from './parameters.ts';
import type { HfListedPaper, HfPaperInfo, HfRepos } from './responses.ts';
import { toHfListedPaper, toHfPaperInfo } from './to-hf-paper.ts';

/** Lists papers by publication date, the newest first. */
export async function listHfPapers(
  library: Library,
  cursors: ListCursors,
  params: URLSearchParams,
): Promise<HfPage<HfListedPaper>> {
  const { cursor = null, limit } = readParameters(ListParametersSchema, params);
  const { reader, siteUrl } = library;
  const today = latestDay(await reader.listingDays());
  const { result, next } = await cursors.page({ where: [], sort: 'new', limit, facets: false, today }, cursor);
  return {
    body: (await withPapers(reader, result.hits)).map(({ paper }) => toHfListedPaper(paper, siteUrl)),
    next: next && `${siteUrl}/api/papers?${new URLSearchParams({ cursor: next, limit: String(limit) })}`,
  };
}

export async function getHfPaper(library: Library, id: string): Promise<HfPaperInfo> {
  return toHfPaperInfo(await findHfPaper(library, id), library.siteUrl);
}

/** Throws `not_found`. */
export async function findHfPaper({ reader }: Library, id: string): Promise<Paper> {
  const found = await findPaper(reader, id);
  if (!found) throw new AppError('not_found', 'Paper not found');
  return found.paper;
}

/** Always empty: this instance has no models, data sets or spaces. Throws `not_found` if `id` is no arXiv id. */
export function getHfRepos(id: string): HfRepos {
  if (!arxivIdOf(id)) throw new AppError('not_found', 'Paper not found');
  return { models: [], datasets: [], spaces: [] };
}

/** `GET /api/v1/papers`: the page's parameters, `limit` and `cursor` instead of `page`; a parameter that means nothing is an error here. */
import { AppError } from '#core/errors';
import type { Library } from './library.ts';
import { findPapers } from './list-papers.ts';
import type { QueryProblem } from './query/paper-query.ts';
import { parsePaperQuery } from './query/parse-paper-query.ts';
import { type ApiPaper, type ApiPaperList, toApiPaper, toApiPaperList } from './view/api.ts';

const limitDefault = 30;
export const limitMax = 100;

/** Throws `bad_request` naming the first parameter that is unknown or malformed. */
export async function listPapersForApi(library: Library, params: URLSearchParams): Promise<ApiPaperList> {
  const { query, problems } = parsePaperQuery(params, { otherNames: ['limit', 'cursor'] });
  refuseErrors([...problems, ...(params.has('page') ? [pageProblem] : [])]);
  const limit = readLimit(params.get('limit'));
  const offset = readCursor(params.get('cursor'));
  const found = await findPapers(library, { scope: { kind: 'all' }, query, problems, offset, limit, facets: true });
  const end = offset + found.result.hits.length;
  const isLast = found.result.hits.length === 0 || end >= found.result.total + found.result.partial;
  return toApiPaperList({ result: found.result, papers: found.papers, problems, next: isLast ? null : formatCursor(end), siteUrl: library.siteUrl });
}

/** Throws `not_found`. */
export async function getPaperForApi({ reader, siteUrl }: Library, id: string): Promise<ApiPaper> {
  const found = await reader.findPaper(id);
  if (!found) throw new AppError('not_found', `There is no paper “${id}” here.`);
  return toApiPaper(found.paper, siteUrl);
}

const pageProblem: QueryProblem = { level: 'error', parameter: 'page', message: 'Lists are paged by “cursor” here: take the answer’s “next”.' };

export function refuseErrors(problems: readonly QueryProblem[]): void {
  const errors = problems.filter((problem) => problem.level === 'error');
  const [first] = errors;
  if (first) throw new AppError('bad_request', first.message, { parameter: first.parameter, problems: errors });
}

function readLimit(text: string | null): number {
  if (text === null || text === '') return limitDefault;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > limitMax) throw new AppError('bad_request', `“limit” takes a number from 1 to ${limitMax}.`, { parameter: 'limit' });
  return limit;
}

const formatCursor = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64url');

function readCursor(text: string | null): number {
  if (text === null || text === '') return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as { offset?: unknown };
    if (Number.isSafeInteger(offset) && Number(offset) >= 0) return Number(offset);
  } catch {
    // Answered below, as any cursor that is not ours.
  }
  throw new AppError('bad_request', '“cursor” takes the “next” of an earlier answer.', { parameter: 'cursor' });
}

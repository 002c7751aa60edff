/** `GET /api/arxiv/{id}/repos` of the Hugging Face API: the models, data sets and spaces of a paper. */
import { hfRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';
import { AppError } from '#core/errors.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = hfRoute(({ path }) => {
  const id = /^(.+)\/repos$/.exec(path)?.[1];
  if (id === undefined) throw new AppError('not_found', 'Not found');
  return { body: app().api.hfRepos(id) };
});

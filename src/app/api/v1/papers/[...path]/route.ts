/** `GET /api/v1/papers/{id}` and `…/{id}/related`: a catch-all, as old arXiv ids have a slash. */
import { apiRoute, preflight } from '#app/api-route';
import { app } from '#app/server';
import { NoParametersSchema } from '#serve/api-parameters';
import { readParameters } from '#serve/read-parameters';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params, path }) => {
  const related = /^(.+)\/related$/.exec(path)?.[1];
  if (related !== undefined) {
    const body = await app().api.related(related, params);
    // None may mean that the search index is still loading: such an answer's tag is of no revision that will ever be asked for.
    return { body, ...(body.papers.length === 0 && { revision: -1 }) };
  }
  readParameters(NoParametersSchema, params);
  return { body: await app().api.paper(path) };
});

/** `GET /api/v1/papers/{id}` and `…/{id}/related`. The route is a catch-all because old arXiv ids have a slash. */

import { readParameters } from '#api/read-parameters.ts';
import { NoParametersSchema } from '#api/v1/parameters.ts';
import { apiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params, path }) => {
  const related = /^(.+)\/related$/.exec(path)?.[1];
  if (related !== undefined) return { body: await app().api.related(related, params) };
  readParameters(NoParametersSchema, params);
  return { body: await app().api.paper(path) };
});

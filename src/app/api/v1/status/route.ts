/** `GET /api/v1/status`: how fresh each source is, the last runs, and why days have no papers. */

import { readParameters } from '#api/read-parameters.ts';
import { NoParametersSchema } from '#api/v1/parameters.ts';
import { anyOrigin, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
/** Of this moment: without an entity tag, and never kept. */
export const GET = route(async (request) => {
  readParameters(NoParametersSchema, new URL(request.url).searchParams);
  return Response.json(await app().status(), { headers: { ...anyOrigin, 'cache-control': 'no-store' } });
});

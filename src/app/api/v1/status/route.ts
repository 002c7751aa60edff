/** `GET /api/v1/status`: the freshness of each source, the last runs, and the reasons for days without papers. */

import { readParameters } from '#api/read-parameters.ts';
import { NoParametersSchema } from '#api/v1/parameters.ts';
import { anyOrigin, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
/** The response depends on the clock, so it is never cached and has no entity tag. */
export const GET = route(async (request) => {
  readParameters(NoParametersSchema, new URL(request.url).searchParams);
  return Response.json(await app().status(), { headers: { ...anyOrigin, 'cache-control': 'no-store' } });
});

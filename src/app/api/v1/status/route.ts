/** `GET /api/v1/status`: how fresh each source is, the last runs, and why days have no papers. */
import { route } from '#app/route-handler';
import { app } from '#app/server';

export const dynamic = 'force-dynamic';

export const GET = route(async () =>
  Response.json(await app().status(), { headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' } }),
);

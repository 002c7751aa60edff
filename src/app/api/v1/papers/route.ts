/** `GET /api/v1/papers`: every list as JSON, with the page's parameters. */
import { apiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params }) => {
  const body = await app().api.papers(params);
  // In a moment there is more.
  return { body, ...(body.indexing ? { headers: { 'cache-control': 'no-store' } } : {}) };
});

/** `GET /api/v1/papers`: lists as JSON, with the query parameters of the pages. */
import { apiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params }) => {
  const body = await app().api.papers(params);
  // The index is still being built, so a later response has more papers.
  return { body, ...(body.indexing ? { headers: { 'cache-control': 'no-store' } } : {}) };
});

/** `GET /api/v1/suggest/opensearch`: suggestions for a browser's address bar (OpenSearch Suggestions). */
import { apiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

const type = 'application/x-suggestions+json; charset=utf-8';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params }) => ({ body: JSON.stringify(await app().api.openSearch(params)), type }));

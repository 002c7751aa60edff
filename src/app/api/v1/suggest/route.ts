/** `GET /api/v1/suggest`: completions for the search box. */
import { apiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params }) => ({ body: await app().api.suggest(params) }));

/** `GET /api/v1/papers`: every list as JSON, with the page's parameters. */
import { apiRoute, preflight } from '#app/api-route';
import { app } from '#app/server';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = apiRoute(async ({ params }) => ({ body: await app().api.papers(params) }));

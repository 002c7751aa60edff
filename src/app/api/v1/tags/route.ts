/** `GET /api/v1/tags`: topics and categories with their counts in total and per month. */
import { plainApiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = plainApiRoute(async () => ({ body: await app().api.tags() }));

/** `GET /api/v1/days`: the days with listed papers, and the number of papers on each. */
import { plainApiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = plainApiRoute(async () => ({ body: await app().api.days() }));

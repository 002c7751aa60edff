/** `GET /api/v1/days`: the days with listed papers and their counts. */
import { plainApiRoute, preflight } from '#app/api-route';
import { app } from '#app/server';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = plainApiRoute(async () => ({ body: await app().api.days() }));

/** `GET /api/v1/palette`: the entries of the command palette. */
import { plainApiRoute, preflight } from '#app/api-route.ts';
import { app } from '#app/server.ts';

export const dynamic = 'force-dynamic';

export const OPTIONS = preflight;
export const GET = plainApiRoute(async () => ({ body: await app().palette() }));

/** `GET /api/v1/palette`: what the command palette searches. */
import { json, route } from '#app/route-handler';
import { app } from '#app/server';

export const dynamic = 'force-dynamic';

export const GET = route(async () => json(await app().palette()));

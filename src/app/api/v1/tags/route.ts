/** `GET /api/v1/tags`: topics and categories with their counts and course. */
import { json, route } from '#app/route-handler';
import { app } from '#app/server';

export const dynamic = 'force-dynamic';

export const GET = route(async () => json(await app().listTags()));

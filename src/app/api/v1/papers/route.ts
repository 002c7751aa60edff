/** `GET /api/v1/papers`: every list as JSON, with the page's parameters. */
import { json, route } from '#app/route-handler';
import { app } from '#app/server';

export const GET = route(async (request) => json(await app().api.papers(new URL(request.url).searchParams)));

/** `GET /api/v1/papers/{id}` and `…/{id}/related`: a catch-all, as old arXiv ids have a slash. */
import { json, pathOf, route } from '#app/route-handler';
import { app } from '#app/server';

const relatedMax = 20;

export const GET = route(async (_request, context) => {
  const path = await pathOf(context);
  const related = /^(.+)\/related$/.exec(path)?.[1];
  return json(related ? await app().api.related(related, relatedMax) : await app().api.paper(path));
});

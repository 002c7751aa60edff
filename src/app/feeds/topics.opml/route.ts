/** `GET /feeds/topics.opml`: the topics as an outline of their feeds. */
import { isFresh, notModified } from '#app/conditional';
import { route } from '#app/route-handler';
import { app } from '#app/server';
import { opmlType } from '#serve/render/opml';

export const dynamic = 'force-dynamic';

export const GET = route(async (request) => {
  const { etag, render } = await app().opml();
  const headers = { etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' };
  if (isFresh(request, etag)) return notModified(headers);
  return new Response(await render(), { headers: { ...headers, 'content-type': opmlType } });
});

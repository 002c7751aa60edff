/** `GET /sitemaps/{file}`: a sitemap, streamed while the store is read. */

import { app } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';
import { streamText } from '#http/routes/stream-text.ts';

export const dynamic = 'force-dynamic';

export const GET = route(async (_request, { params }) => {
  const parts = await app().api.sitemap(String((await params).file));
  if (!parts) throw new AppError('not_found', 'There is no such sitemap.');
  return new Response(streamText(parts), {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'no-cache' },
  });
});

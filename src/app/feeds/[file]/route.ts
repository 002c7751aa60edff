/** `GET /feeds/papers.{extension}`: any list as a feed or an export, with the query parameters of its page. */

import { app } from '#app/server.ts';
import { isKnownTag } from '#core/entity-tag.ts';
import { inExportPlace } from '#http/limits/export-limiter.ts';
import { route } from '#http/routes/problem-document.ts';
import { streamText } from '#http/routes/stream-text.ts';
import type { RenderedFeed } from '#read/export-list.ts';

export const dynamic = 'force-dynamic';

const publicHeaders = { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' };

export const GET = feedRoute(true);
export const HEAD = feedRoute(false);

function feedRoute(hasBody: boolean) {
  return route(async (request, { params }) => {
    const { file } = await params;
    const extension = /^papers\.(.+)$/.exec(String(file))?.[1] ?? '';
    const feed = await app().feed(extension, new URL(request.url).searchParams);
    const { format } = feed;
    const headers = { ...publicHeaders, 'content-type': format.contentType };
    if (format.kind === 'feed') {
      if (!hasBody) return new Response(null, { headers });
      const { parts } = await feed.render();
      return new Response((await Array.fromAsync(textOf(parts))).join(''), { headers });
    }
    // An export bypasses the page cache, so this handler compares the entity tags before it renders.
    if (isKnownTag(request.headers.get('if-none-match'), feed.etag))
      // Next adds `Vary: Accept-Encoding` to responses with a body, but not to 304.
      return new Response(null, {
        status: 304,
        headers: { ...publicHeaders, etag: feed.etag, vary: 'Accept-Encoding' },
      });
    const attachment = { ...headers, 'content-disposition': `attachment; filename="papers.${format.extension}"` };
    if (!hasBody) return new Response(null, { headers: { ...attachment, etag: feed.etag } });
    const { etag, parts } = await inExportPlace(feed.render);
    return new Response(streamText(textOf(parts)), { headers: { ...attachment, etag } });
  });
}

async function* textOf(parts: RenderedFeed['parts']): AsyncGenerator<string> {
  for await (const { text } of parts) if (text !== '') yield text;
}

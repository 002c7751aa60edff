/** Local servers that imitate Hugging Face and arXiv with given data, including their quirks. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Answer, Handler } from './local-server.ts';

/** `/api/daily_papers` of Hugging Face: pages with `Link`, entity tags, gzip and its error messages. */
export function replayHf(itemsByDay: ReadonlyMap<string, readonly unknown[]>, today = '2025-12-31'): Handler {
  return (url, request) => {
    const date = url.searchParams.get('date') ?? today;
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const page = Number(url.searchParams.get('p') ?? 0);
    if (url.pathname !== '/api/daily_papers')
      return json({ error: 'Sorry, we can’t find the page you are looking for.' }, 404);
    if (limit > 100) return json({ error: 'Too big: expected number to be <=100' }, 400);
    if (date > today) return json({ error: 'The date must not be in the future' }, 400);
    const items = itemsByDay.get(date) ?? [];
    const next = new URL(url);
    next.searchParams.set('p', String(page + 1));
    const link: Record<string, string> =
      items.length > (page + 1) * limit
        ? { link: `<https://huggingface.co${next.pathname}${next.search}>; rel="next"` }
        : {};
    const body = gzipSync(JSON.stringify(items.slice(page * limit, (page + 1) * limit)));
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return { headers: { ...link, etag, 'content-type': 'application/json', 'content-encoding': 'gzip' }, body };
  };
}

function json(value: unknown, status: number): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** A paper of the imitated arXiv. */
export type ArxivEntry = { readonly id: string; readonly published: string; readonly title?: string };

/** arXiv's feed of today before the announcement. */
export function quietRss(day: Date): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>updates on arXiv.org</title><pubDate>${day.toUTCString()}</pubDate></channel></rss>`;
  return { headers: { 'content-type': 'application/rss+xml' }, body };
}

/** `/api/query` of arXiv: filters by submission days or ids, and pages of `max_results`. Ignores the sort order. */
export function replayArxiv(entries: readonly ArxivEntry[]): Handler {
  return (url) => {
    if (url.pathname !== '/api/query') return { status: 404 };
    const ids = (url.searchParams.get('id_list') ?? '').split(',').filter((id) => id !== '');
    const [, from = '', to = '9'] =
      /submittedDate:\[(\d{8})0000 TO (\d{8})2359\]/.exec(url.searchParams.get('search_query') ?? '') ?? [];
    const days = (entry: ArxivEntry) => entry.published.slice(0, 10).replaceAll('-', '');
    const found = entries.filter((entry) =>
      ids.length > 0 ? ids.includes(entry.id.replace(/v\d+$/, '')) : days(entry) >= from && days(entry) <= to,
    );
    const start = Number(url.searchParams.get('start') ?? 0);
    return atomFeed(found.length, found.slice(start, start + Number(url.searchParams.get('max_results') ?? 10)));
  };
}

export function atomFeed(total: number, entries: readonly ArxivEntry[]): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
<opensearch:totalResults>${total}</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>
${entries.map(atomEntry).join('\n')}</feed>`;
  return { headers: { 'content-type': 'application/atom+xml' }, body };
}

function atomEntry({ id, published, title = `Paper\n  ${id}` }: ArxivEntry): string {
  return `<entry><id>http://arxiv.org/abs/${id}</id><published>${published}</published><updated>${published}</updated><title>${title}</title>
<summary>  Words about ${id}
with a &lt;tag&gt; &amp; more.</summary><author><name>Ada Lovelace</name></author><author><name>B\\"uchi</name></author>
<arxiv:primary_category term="cs.CL"/><category term="cs.CL"/><category term="cs.LG"/><arxiv:comment>9 pages</arxiv:comment></entry>`;
}

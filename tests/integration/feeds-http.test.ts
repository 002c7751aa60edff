/** The routes of feeds: status, headers, conditional requests, and clients that disconnect. */
import { describe, expect, test } from 'vitest';
import { formats } from '#formats/index.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { aServedApi } from '#tests/a-served-api.ts';
import { openApi } from '#tests/call-api.ts';
import { eventsOf } from '#tests/records.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';

describe('GET /feeds/…', () => {
  test.each(formats)(
    'the $extension route has its media type and content',
    async ({ extension, contentType, kind }) => {
      const call = openApi((await aStoreWithPapers()).file);
      const address = `/feeds/papers.${extension}?sort=old`;
      const answer = await call(address);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(contentType);
      expect(answer.headers.get('content-disposition')).toBe(
        kind === 'export' ? `attachment; filename="papers.${extension}"` : null,
      );
      expect(await answer.text()).toContain('Strings of old');
      const head = await call(address, { method: 'HEAD' });
      expect([...head.headers]).toEqual([...answer.headers]);
      expect(await head.text()).toBe('');
    },
  );

  test.each(['rss', 'bib'])('a conditional request gets 304 until the store changes: %s', async (extension) => {
    const store = await aStoreWithPapers();
    const path = `/feeds/papers.${extension}`;
    const front = await aServedApi(store.file);
    const { etag = '' } = (await front.ask(path)).headers;
    const get = (known: string) => front.ask(path, { headers: { 'if-none-match': known } });
    const ask = async (known: string) => (await get(known)).status;
    expect(await ask(etag)).toBe(304);
    expect(await ask(`"other", ${etag.replace('W/', '')}`)).toBe(304);
    expect(await ask('*')).toBe(304);
    expect(await ask('"other"')).toBe(200);
    expect((await get('*')).headers.vary).toBe('Accept-Encoding');
    await ingestPapers(eventsOf([{ source: 'jsonl', title: 'News', fetchedAt: '2026-01-01T00:00:00Z' }]), {
      writer: store.writer,
    });
    expect(await ask(etag)).toBe(200);
  });

  test('the route rejects unknown parameters and formats', async () => {
    const call = openApi((await aStoreWithPapers()).file);
    const refused = await call('/feeds/papers.csv?authors=many');
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ parameter: 'authors' });
    for (const file of ['papers.docx', 'papers', 'papers.', 'other.atom', 'papers.atom.gz'])
      expect((await call(`/feeds/${file}`)).status).toBe(404);
  });

  test('the export stops reading when the client disconnects', async () => {
    const records = Array.from({ length: 700 }, (_, i) => ({
      source: 'jsonl',
      ownId: `p${i}`,
      title: `Paper ${i}`,
      fetchedAt: '2026-01-01T00:00:00Z',
    }));
    const call = openApi((await aStoreWithPapers(records)).file);
    const reader = (await call('/feeds/papers.jsonl')).body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value).trimEnd().split('\n')).toHaveLength(50);
    await reader?.cancel();
    expect((await reader?.read())?.done).toBe(true);
  });

  test('the OPML route lists the topics', async () => {
    const call = openApi((await aStoreWithPapers()).file);
    const answer = await call('/feeds/topics.opml');
    expect(answer.headers.get('content-type')).toBe('text/x-opml; charset=utf-8');
    expect(await answer.text()).toMatch(/^<\?xml[^>]*\?>\n<opml version="2\.0">/);
  });
});

/** The page cache on a real server: which responses it caches, for how long, and how it sends them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { noteRevision } from '#http/routes/request-context.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { openRevision } from '#store/sqlite/revision.ts';
import { aFront } from '#tests/a-front.ts';
import { root } from '#tests/ingest-load.ts';
import { eventsOf } from '#tests/records.ts';
import { aTempFolder, aTempStore } from '#tests/temp-store.ts';

const html = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-cache, no-store, max-age=0, must-revalidate',
};
const long = 'Papers of the day. '.repeat(200);

/** A handler that counts its renders. */
function counted(write: (renders: number, request: IncomingMessage, response: ServerResponse) => Promise<void> | void) {
  const pages = {
    renders: 0,
    handle: async (request: IncomingMessage, response: ServerResponse) => {
      pages.renders += 1;
      await write(pages.renders, request, response);
    },
  };
  return pages;
}
const numbered = () => counted((renders, _, response) => void response.writeHead(200, html).end(`${long}${renders}`));

describe('page cache', () => {
  test('a page is cached until this or another process changes the store', async () => {
    const store = aTempStore();
    const revision = openRevision(store.file);
    const pages = numbered();
    const { ask } = await aFront({ handle: pages.handle, revision: revision.read });
    const first = await ask('/papers?q=a');
    expect((await ask('/papers?q=a')).body).toEqual(first.body);
    expect((await ask('/papers?q=b')).body).not.toEqual(first.body);
    await ingestPapers(eventsOf([{ source: 'jsonl', title: 'News', fetchedAt: '2026-01-01T00:00:00Z' }]), {
      writer: store.writer,
    });
    const second = await ask('/papers?q=a');
    expect(second.body).not.toEqual(first.body);
    const input = join(aTempFolder(), 'more.jsonl');
    writeFileSync(input, `${JSON.stringify({ title: 'Of another process', fetchedAt: '2026-01-02T00:00:00Z' })}\n`);
    const ingest = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'ingest', 'jsonl', input], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: `file:${store.file}` },
    });
    expect(await once(ingest, 'exit')).toEqual([0, null]);
    expect((await ask('/papers?q=a')).body).not.toEqual(second.body);
    expect(pages.renders).toBe(4);
    revision.close();
  });

  test.each([
    ['the store changed while it rendered', (change: () => void) => change()],
    ['its search read an older revision', () => noteRevision(0)],
    ['its search read a newer revision', () => noteRevision(2)],
    ['the index is not ready', () => noteRevision(null)],
  ])('a page is not cached if %s', async (_, happen) => {
    let revision = 1;
    const change = () => {
      revision += 1;
    };
    const pages = counted((renders, __, response) => {
      if (renders === 1) happen(change);
      else noteRevision(revision);
      response.writeHead(200, html).end(String(renders));
    });
    const { ask } = await aFront({ handle: pages.handle, revision: () => revision });
    const bodies = [await ask('/papers'), await ask('/papers'), await ask('/papers')].map(({ body }) =>
      body.toString(),
    );
    expect(bodies).toEqual(['1', '2', '2']);
  });

  test('the front page is cached for 30 seconds', async () => {
    let nowMs = 0;
    const pages = numbered();
    const { ask } = await aFront({ handle: pages.handle, nowMs: () => nowMs });
    await ask('/');
    nowMs = 29_000;
    await ask('/');
    expect(pages.renders).toBe(1);
    nowMs = 31_000;
    await ask('/');
    expect(pages.renders).toBe(2);
  });

  test('a page is not cached if the store does not respond', async () => {
    const pages = numbered();
    const revision = () => {
      throw new Error('The store is locked.');
    };
    const { ask } = await aFront({ handle: pages.handle, revision });
    expect([(await ask('/papers')).status, (await ask('/papers')).status]).toEqual([200, 200]);
    expect(pages.renders).toBe(2);
  });
});

describe('Cache-Status', () => {
  const statusOf = async ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) =>
    headers['cache-status'];

  test('Cache-Status is on every response for a cacheable address: miss, hit and 304', async () => {
    const { ask } = await aFront({ handle: numbered().handle });
    const first = await ask('/papers');
    expect(await statusOf(first)).toBe('paper-digest; fwd=miss');
    expect(await statusOf(await ask('/papers', { method: 'HEAD' }))).toBe('paper-digest; hit');
    const known = await ask('/papers', { headers: { 'if-none-match': first.headers.etag ?? '' } });
    expect([known.status, await statusOf(known)]).toEqual([304, 'paper-digest; hit']);
    expect(await statusOf(await ask('/feeds/papers.csv'))).toBe('paper-digest; fwd=bypass');
    expect(await statusOf(await ask('/status'))).toBeUndefined();
  });

  test('Cache-Status is present if the store does not respond and if the render fails', async () => {
    const revision = () => {
      throw new Error('The store is locked.');
    };
    const [locked, broken] = [
      await aFront({ handle: numbered().handle, revision }),
      await aFront({ handle: async (_, response) => void response.destroy(), onError: () => {} }),
    ];
    expect(await statusOf(await locked.ask('/papers'))).toBe('paper-digest; fwd=bypass');
    expect(await statusOf(await broken.ask('/papers'))).toBe('paper-digest; fwd=miss');
  });
});

describe('cookies and credentials', () => {
  const secrets = { cookie: 'a=b', authorization: 'Basic x' };
  const seenBy = async (path: string, method = 'GET') => {
    const { ask } = await aFront({
      handle: async ({ headers }, response) =>
        void response.writeHead(200, html).end(`${headers.cookie} ${headers.authorization}`),
    });
    return String((await ask(path, { method, headers: secrets })).body);
  };

  test.each([
    '/papers',
    '/',
    '/status',
    '/feeds/papers.csv',
    '/feeds/papers.atom',
    '/api/v1/papers',
    '/papers/search',
    '/nowhere',
    '/og/1',
    '/member',
  ])('%s receives no cookies or credentials', async (path) => {
    expect(await seenBy(path)).toBe('undefined undefined');
  });

  test.each(['/me', '/me/state', '/subscription/abc', '/subscribe', '/outbox', '/outbox/1'])(
    '%s receives cookies and credentials',
    async (path) => {
      expect(await seenBy(path)).toBe('a=b Basic x');
    },
  );

  test('POST requests pass on cookies and credentials', async () => {
    for (const path of ['/mcp', '/subscribe/request']) expect(await seenBy(path, 'POST')).toBe('a=b Basic x');
  });

  test('a request with cookies or credentials gets the cached page', async () => {
    const pages = numbered();
    const { ask } = await aFront({ handle: pages.handle });
    const first = await ask('/papers', { headers: secrets });
    for (const headers of [{}, { cookie: 'c=d' }, { authorization: 'Bearer y' }])
      expect((await ask('/papers', { headers })).body).toEqual(first.body);
    expect(pages.renders).toBe(1);
  });
});

describe('rejected requests', () => {
  const page = ['GET', 'HEAD'];
  const known: readonly (readonly [string, readonly string[]])[] = [
    ['/', page],
    ['/papers', page],
    ['/papers/2405.14906', page],
    ['/papers/search', page],
    ['/status', page],
    ['/subscribe', page],
    ['/subscribe/preview', page],
    ['/subscription/abc', page],
    ['/outbox/1/html', page],
    ['/feeds/papers.csv', page],
    ['/sitemaps/pages.xml', page],
    ['/og/1', page],
    ['/robots.txt', page],
    ['/favicon.svg', page],
    ['/nowhere', page],
    ['//x', page],
    ['/api', page],
    ['/subscribe/request', [...page, 'POST']],
    ['/subscription/abc/leave', [...page, 'POST']],
    ['/api/health', [...page, 'OPTIONS']],
    ['/api/papers/2405.14906', [...page, 'OPTIONS']],
    ['/mcp', ['POST', 'OPTIONS']],
  ];
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY'];

  test.each(known)('%s allows only the methods %s', async (path, allowed) => {
    const pages = counted((_, __, response) => void response.writeHead(200, html).end());
    const { ask } = await aFront({ handle: pages.handle });
    const statuses = await Promise.all(methods.map(async (method) => [method, await ask(path, { method })] as const));
    for (const [method, { status, headers }] of statuses)
      expect([method, status, headers.allow]).toEqual(
        allowed.includes(method) ? [method, 200, undefined] : [method, 405, allowed.join(', ')],
      );
  });

  test('a server action, several Host fields and an invalid Host are rejected without a render', async () => {
    const pages = numbered();
    const { ask, port } = await aFront({ handle: pages.handle });
    expect((await ask('/papers', { headers: { 'next-action': 'x' } })).status).toBe(400);
    expect((await ask('/subscribe/request', { method: 'POST', headers: { 'next-action': 'x' } })).status).toBe(400);
    for (const fields of ['Host: a\r\nHost: a', 'Host: a\r\nhost: b', 'Host: a/b', 'Host: a@b', 'Host: a b', '']) {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET /papers HTTP/1.1\r\n${fields}\r\nConnection: close\r\n\r\n`);
      expect(String((await Array.fromAsync(socket as AsyncIterable<Buffer>))[0])).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(pages.renders).toBe(0);
  });
});

describe('uncacheable responses', () => {
  const cases: readonly (readonly [string, string, Parameters<Awaited<ReturnType<typeof aFront>>['ask']>[1]])[] = [
    ['a form', '/subscribe/request', { method: 'POST' }],
    ['the status page', '/status', {}],
    ['the page of a subscription', '/subscription/abc', {}],
    ['the page to subscribe', '/subscribe', {}],
    ['the outbox', '/outbox/1', {}],
    ['a redirect of a search form', '/papers/search?all=a', {}],
    ['an export', '/feeds/papers.bib', {}],
    ['a sitemap', '/sitemaps/papers-1.xml', {}],
  ];
  test.each(cases)('%s is never cached', async (_, path, init) => {
    const pages = numbered();
    const { ask, count } = await aFront({ handle: pages.handle });
    await ask(path, init);
    const again = await ask(path, init);
    expect(pages.renders).toBe(2);
    expect(count()).toBe(0);
    expect(again.headers['cache-control']).toContain('no-store');
  });

  test('a 500 and a no-store response are not cached', async () => {
    const pages = counted((renders, request, response) => {
      const isApi = request.url?.startsWith('/api');
      const headers = isApi ? { 'content-type': 'application/json', 'cache-control': 'no-store' } : html;
      response.writeHead(isApi ? 404 : 500, headers).end(String(renders));
    });
    const { ask } = await aFront({ handle: pages.handle });
    for (const path of ['/papers', '/papers', '/api/v1/papers', '/api/v1/papers']) await ask(path);
    expect(pages.renders).toBe(4);
  });

  test('a response that breaks off becomes a 500 and is not cached', async () => {
    const pages = counted((renders, _, response) => {
      if (renders === 1) throw new Error('planted');
      response.write('half');
      response.destroy();
    });
    const errors: unknown[] = [];
    const { ask } = await aFront({ handle: pages.handle, onError: (error) => errors.push(error) });
    expect([(await ask('/papers')).status, (await ask('/papers')).status]).toEqual([500, 500]);
    expect(errors.map(String)).toEqual(['Error: planted', 'Error: socket hang up', 'Error: socket hang up']);
  });
});

describe('representations', () => {
  test('the client gets the encoding it prefers, with the right length', async () => {
    const { ask } = await aFront({ handle: numbered().handle });
    const plain = await ask('/papers');
    const get = (encoding: string, method = 'GET') =>
      ask('/papers', { method, headers: { 'accept-encoding': encoding } });
    const [br, gzip, worse, none] = [
      await get('gzip, br'),
      await get('gzip'),
      await get('br;q=0.1, gzip'),
      await get('br;q=0'),
    ];
    expect(brotliDecompressSync(br.body)).toEqual(plain.body);
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect([br, gzip, worse, none].map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      'gzip',
      undefined,
    ]);
    for (const response of [plain, br, gzip, none]) {
      expect(response.headers['content-length']).toBe(String(response.body.length));
      expect(response.headers.vary).toBe('Accept-Encoding');
    }
    const head = await get('br', 'HEAD');
    expect({ ...head.headers, date: '' }).toEqual({ ...br.headers, date: '' });
    expect(head.body).toHaveLength(0);
  });

  test('a matching validator gets 304, even after a revision that left the page unchanged', async () => {
    let revision = 1;
    const same = counted((_, __, response) => void response.writeHead(200, html).end(long));
    const { ask } = await aFront({ handle: same.handle, revision: () => revision });
    const { etag = '', 'cache-control': cacheControl } = (await ask('/papers')).headers;
    expect(cacheControl).toBe('no-cache');
    const known = { headers: { 'if-none-match': `"other", ${etag}` } };
    revision = 2;
    const again = await ask('/papers', known);
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
    expect((await ask('/papers', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    expect((await ask('/papers', { ...known, method: 'HEAD' })).status).toBe(304);
  });

  test('a 304 has no fields that describe a body', async () => {
    const fields304 = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag',
      ratelimit: '"api";r=500;t=300',
    };
    const fields = { ...fields304, 'content-type': 'application/json', 'cache-control': 'no-cache' };
    const { ask } = await aFront({ handle: async (_, response) => void response.writeHead(200, fields).end('{}') });
    const { etag = '' } = (await ask('/api/daily_papers')).headers;
    const { status, headers } = await ask('/api/daily_papers', { headers: { 'if-none-match': etag } });
    expect([status, headers['content-type']]).toEqual([304, undefined]);
    expect(headers).toMatchObject(fields304);
  });

  test.each([
    ['text/markdown', true],
    ['Text/Markdown; variant=GFM, */*', true],
    ['text/markdown, text/html, */*', true],
    ['text/html, text/markdown;q=0.5', false],
    ['text/*, text/markdown;q=0.5', false],
    ['text/markdown;q=0', false],
    ['*/*', false],
  ])('Accept “%s” selects Markdown: %s', async (accept, isMarkdown) => {
    const { ask } = await aFront({
      handle: async ({ headers }, response) => void response.writeHead(200, html).end(headers.accept ?? 'none'),
    });
    expect(String((await ask('/papers/a', { headers: { accept } })).body)).toBe(isMarkdown ? 'text/markdown' : 'none');
  });

  test('Accept and the RSC fields select the representation', async () => {
    const forms = counted((_, { headers }, response) => {
      response.setHeader('vary', 'Accept, rsc');
      response
        .writeHead(200, html)
        .end(`${headers.accept} ${headers.rsc} ${headers['next-url']} ${headers['user-agent']}`);
    });
    const { ask } = await aFront({ handle: forms.handle });
    const textOf = async (headers: Record<string, string>) => (await ask('/papers/a', { headers })).body.toString();
    expect(await textOf({ accept: 'text/html', 'user-agent': 'x' })).toBe('undefined undefined undefined undefined');
    expect(await textOf({ accept: 'text/markdown, */*' })).toBe('text/markdown undefined undefined undefined');
    expect(await textOf({ rsc: '1', 'next-url': '/a' })).toBe('undefined 1 /a undefined');
    expect(await textOf({ rsc: '1', 'next-url': '/b' })).toBe('undefined 1 /b undefined');
    await textOf({ 'accept-language': 'de' });
    expect(forms.renders).toBe(4);
    expect((await ask('/papers/a')).headers.vary).toBe('Accept, rsc, Accept-Encoding');
  });
});

describe('many clients', () => {
  test('concurrent requests share one render, even if the first client leaves', async () => {
    let isOpen = false;
    const slow = counted(async (renders, _, response) => {
      while (!isOpen) await sleep(5);
      response.writeHead(200, html).end(String(renders));
    });
    const { ask, port } = await aFront({ handle: slow.handle });
    const first = connect(port, '127.0.0.1');
    first.write('GET /papers HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => slow.renders).toBe(1);
    const others = Array.from({ length: 20 }, () => ask('/papers'));
    first.destroy();
    await sleep(30);
    isOpen = true;
    expect(new Set((await Promise.all(others)).map(({ body }) => body.toString()))).toEqual(new Set(['1']));
    expect(slow.renders).toBe(1);
  });

  test('clients that do not read hold no copies of a page in memory', async () => {
    const large = Buffer.alloc(1_000_000, 'x');
    const { port, ask } = await aFront({
      handle: async (_, response) => void response.writeHead(200, html).end(large),
    });
    await ask('/papers');
    const before = process.memoryUsage().arrayBuffers;
    const clients = Array.from({ length: 100 }, () => {
      const client = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(1), callback: () => false } });
      client.write('GET /papers HTTP/1.1\r\nhost: x\r\n\r\n');
      return client;
    });
    await sleep(500);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    for (const client of clients) client.destroy();
  });

  test('the cache stays within its memory limit, with encodings counted', async () => {
    const bytesMax = 200_000;
    const pages = numbered();
    const { ask, bytes, count } = await aFront({ handle: pages.handle, bytesMax });
    for (let i = 0; i < 100; i++) {
      await ask(`/papers?q=${i}`, { headers: { 'accept-encoding': ['br', 'gzip', ''][i % 3] ?? '' } });
      expect(bytes()).toBeLessThanOrEqual(bytesMax);
    }
    expect(count()).toBeGreaterThan(20);
    await ask('/papers?q=99');
    expect(pages.renders).toBe(100);
    await ask('/papers?q=0');
    expect(pages.renders).toBe(101);
  });
});

/** Overload on real sockets: which requests wait, which are rejected, and which others do not delay. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { aWebServer, heldPages } from '#tests/a-web-server.ts';

const attacker = '127.0.0.1';
const victim = '127.1.0.1';
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const numbers = (most: number) => Array.from({ length: most }, (_, i) => i);

/** Returns the text received so far. */
function textOf(socket: Socket): () => string {
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  return () => text;
}

describe('render queue', () => {
  test('a client with one request is next, and the client with the most loses its newest', async () => {
    const pages = heldPages();
    const { ask } = await aWebServer({ handle: pages.handle });
    const responses = numbers(130).map((i) => ask(`/papers?q=${i}`, { from: attacker }));
    await expect.poll(() => pages.requests.length).toBe(4);
    const rejected = await Promise.race(responses);
    expect([rejected.status, rejected.headers['retry-after']]).toEqual([503, '2']);
    const mine = ask('/papers?q=mine', { from: victim });
    await sleep(100);
    pages.open();
    expect((await mine).status).toBe(200);
    const statuses = (await Promise.all(responses)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    // The hundred queued requests, and those that started before.
    const served = statuses.filter((status) => status === 200).length;
    expect(served).toBeGreaterThan(100);
    expect(served).toBeLessThanOrEqual(104);
    expect(pages.requests.indexOf('GET /papers?q=mine')).toBeLessThan(8);
  });

  test('a full queue delays every kind of render, but no cached page', async () => {
    const pages = heldPages();
    pages.open();
    const held = heldPages();
    let isHeld = false;
    const { ask } = await aWebServer({
      handle: (request, response) => (isHeld ? held : pages).handle(request, response),
    });
    await ask('/papers');
    isHeld = true;
    const others = numbers(10).map((i) => ask(`/nowhere/${i}`));
    await expect.poll(() => held.requests.length).toBe(4);
    expect((await ask('/papers', { from: victim })).headers['cache-status']).toBe('paper-digest; hit');
    const uncached = [
      '/og/1',
      '/status',
      '/feeds/papers.atom',
      '/api/v1/papers',
      '/_next/static/none.js',
      '/_next/data/x.json',
      '//x',
    ];
    const waiting = uncached.map((path) => ask(path, { from: victim }));
    await sleep(300);
    expect(held.requests).toHaveLength(4);
    held.open();
    await Promise.all([...others, ...waiting]);
  });

  test('at most eight writes run at once, and they do not block pages', async () => {
    const pages = heldPages();
    const { ask } = await aWebServer({ handle: pages.handle });
    const writes = numbers(12).map(() => ask('/mcp', { method: 'POST', body: '{}' }));
    await expect.poll(() => pages.requests.length).toBe(8);
    const page = ask('/papers', { from: victim });
    await expect.poll(() => pages.requests.length).toBe(9);
    expect(pages.requests[8]).toBe('GET /papers');
    pages.open();
    await Promise.all([...writes, page]);
  });

  test('requests of clients that have left are not rendered', async () => {
    const pages = heldPages();
    const { ask, open } = await aWebServer({ handle: pages.handle });
    const first = numbers(4).map((i) => ask(`/papers?q=first${i}`));
    await expect.poll(() => pages.requests.length).toBe(4);
    const sockets = await Promise.all(numbers(20).map((i) => open(get(`/papers?q=left${i}`))));
    const stays = await open(get('/papers?q=left0'), victim);
    const text = textOf(stays);
    await sleep(50);
    for (const socket of sockets) socket.end();
    await sleep(50);
    pages.open();
    await Promise.all(first);
    await expect.poll(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(pages.requests.filter((path) => path.includes('left'))).toEqual(['GET /papers?q=left0']);
  });

  test.each([
    ['text/html,*/*', '/papers', /^text\/html/],
    ['application/json', '/papers', /^application\/problem\+json/],
    ['text/html,*/*', '/api/v1/papers', /^application\/problem\+json/],
  ])('a client that accepts %s gets the 503 for %s in a form it can read', async (accept, path, type) => {
    const pages = heldPages();
    const { ask } = await aWebServer({ handle: pages.handle });
    const responses = numbers(130).map((i) => ask(`${path}?q=${i}`, { headers: { accept } }));
    const rejected = await Promise.race(responses);
    expect([rejected.status, rejected.headers['retry-after'], rejected.headers['cache-status']]).toEqual([
      503,
      '2',
      'paper-digest; fwd=miss',
    ]);
    expect(rejected.headers['content-type']).toMatch(type);
    pages.open();
    await Promise.all(responses);
  });
});

describe('connections', () => {
  test('thousands of pipelined requests are handled one at a time and in order', async () => {
    const pages = heldPages();
    const { open } = await aWebServer({ handle: pages.handle });
    const socket = await open(
      numbers(5000)
        .map((i) => get(`/papers?q=${i}`))
        .join(''),
    );
    const text = textOf(socket);
    await sleep(200);
    expect(pages.requests).toHaveLength(1);
    pages.open();
    await expect.poll(() => text().match(/HTTP\/1\.1 200/g)?.length, { timeout: 60_000, interval: 200 }).toBe(5000);
    expect([...text().matchAll(/^\/papers\?q=(\d+)/gm)].map(([, number]) => Number(number))).toEqual(numbers(5000));
  }, 70_000);

  test('a connection with waiting requests is paused', async () => {
    const pages = heldPages();
    const { open } = await aWebServer({ handle: pages.handle });
    const socket = await open('');
    const text = textOf(socket);
    const bytes = 20_000_000;
    socket.write(get('/papers').repeat(bytes / get('/papers').length));
    await sleep(1000);
    expect(socket.writableLength).toBeGreaterThan(bytes / 2);
    pages.open();
    await expect.poll(() => text().match(/HTTP\/1\.1 200/g)?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(3000);
    socket.destroy();
  }, 30_000);

  test('a slow sender delays no other client', async () => {
    const pages = heldPages();
    pages.open();
    const { ask, open } = await aWebServer({ handle: pages.handle });
    for (const _ of numbers(20)) await open('POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    expect((await ask('/papers', { from: victim })).status).toBe(200);
    expect(pages.requests).toEqual(['GET /papers']);
  });

  test('above the limit, the client with the most loses its oldest idle connection, else its oldest', async () => {
    const pages = heldPages();
    const { open, ask } = await aWebServer({ handle: pages.handle, connectionsMax: 4 });
    const closed: string[] = [];
    const opened = async (name: string, text: string, from: string) => {
      const socket = await open(text, from);
      socket.resume().once('close', () => closed.push(name));
      await sleep(20);
    };
    await opened('of the victim', '', victim);
    await opened('first, busy', get('/papers?q=1'), attacker);
    await opened('second, idle', '', attacker);
    await opened('third, busy', get('/papers?q=2'), attacker);
    await opened('fourth, busy', get('/papers?q=3'), attacker);
    await expect.poll(() => closed).toEqual(['second, idle']);
    const mine = ask('/status', { from: victim });
    await expect.poll(() => closed).toEqual(['second, idle', 'first, busy']);
    pages.open();
    expect((await mine).status).toBe(200);
  });

  test('a connection that breaks off affects no other connection', async () => {
    const errors: unknown[] = [];
    const pages = heldPages();
    const { open, ask } = await aWebServer({ handle: pages.handle, onError: (error) => errors.push(error) });
    for (const text of [
      get('/status'),
      get('/feeds/papers.csv'),
      'POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{',
      '\x16\x03\x01',
      'GET /',
    ])
      (await open(text)).resetAndDestroy();
    await sleep(100);
    pages.open();
    expect((await ask('/papers')).status).toBe(200);
    expect(errors).toEqual([]);
  });
});

describe('open exports', () => {
  test('above the limit, the client with the most open exports is rejected or loses its newest', async () => {
    const { ask, open } = await aWebServer({
      streamsMax: 2,
      handle: async (_, response) => void response.writeHead(200, { 'content-type': 'text/csv' }).write('begun'),
    });
    const sockets = await Promise.all([
      open(get('/feeds/papers.csv'), attacker),
      open(get('/feeds/papers.csv'), attacker),
    ]);
    const texts = sockets.map(textOf);
    await expect.poll(() => texts.every((text) => text().includes('begun'))).toBe(true);
    expect((await ask('/feeds/papers.csv', { from: attacker })).status).toBe(503);
    const mine = textOf(await open(get('/sitemaps/pages.xml'), victim));
    await expect.poll(mine).toContain('begun');
    expect(sockets.filter(({ closed }) => closed)).toHaveLength(1);
  });
});

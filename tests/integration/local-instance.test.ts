/** A local instance on real sockets: pages of other sites cannot reach it by any name or form of request. */
import { once } from 'node:events';
import { type ClientRequest, request as send } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { guardLocalInstance } from '#http/guard/local-instance.ts';
import { aFront } from '#tests/a-front.ts';

const siteUrl = 'http://127.0.0.1:3000';
const paths = [
  '/',
  '/papers',
  '/api/v1/papers',
  '/feeds/papers.bib',
  '/mcp',
  '/livez',
  '/readyz',
  '/_next/static/a.js',
  '/outbox',
  '/%zz',
];

/** An origin that allows every site by CORS, behind the guard of a local instance. */
async function aLocalInstance() {
  let renders = 0;
  const open = { 'content-type': 'application/json', 'cache-control': 'no-cache', 'access-control-allow-origin': '*' };
  const front = await aFront({
    guard: (handle) => guardLocalInstance(siteUrl, handle),
    handle: async (_, response) => {
      renders += 1;
      response.writeHead(200, { ...open, 'access-control-expose-headers': 'Link' }).end('{}');
    },
  });
  const raw = async (head: string) => {
    const socket = connect(front.port, '127.0.0.1');
    socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) text += chunk;
    return text;
  };
  return { ...front, raw, renders: () => renders };
}

const bodyOf = async (request: ClientRequest) => {
  const [response] = await once(request, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
};

/** Status of a GET. MCP allows only POST. */
const statusOf = (path: string): number => (path === '/mcp' ? 405 : 200);

describe('a local instance', () => {
  test.each(paths)('a local instance serves %s only for loopback hosts', async (path) => {
    const { ask, renders } = await aLocalInstance();
    for (const host of [
      'rebound.evil.example:3000',
      '0.0.0.0:3000',
      '10.0.0.1',
      'localhost.evil.example',
      'evil@127.0.0.1',
    ]) {
      const { status, headers, body } = await ask(path, { headers: { host } });
      expect([status, headers['cache-control']], host).toEqual([421, 'no-store']);
      expect(body.toString()).toMatch(/^[^\n]+ set SITE_URL to it[^\n]+\.\n$/);
    }
    expect(renders()).toBe(0);
    for (const host of ['127.0.0.1:3000', 'LocalHost:1', 'localhost.', '127.9.9.9', '[::1]:3000'])
      expect((await ask(path, { headers: { host } })).status, host).toBe(statusOf(path));
  });

  test.each(paths)('a local instance rejects a foreign Origin at %s, cached or not', async (path) => {
    const { ask, port } = await aLocalInstance();
    const host = `127.0.0.1:${port}`;
    expect((await ask(path, { headers: { host } })).status).toBe(statusOf(path));
    for (const origin of [
      'https://evil.example',
      'null',
      '',
      `http://127.0.0.1:${port + 1}`,
      `http://localhost:${port}`,
    ])
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE'])
        expect((await ask(path, { method, headers: { host, origin } })).status, `${method} ${origin}`).toBe(403);
    for (const origin of [`http://127.0.0.1:${port}`, siteUrl])
      expect((await ask(path, { headers: { host, origin } })).status).toBe(statusOf(path));
  });

  test.each(['/papers', '/api/v1/papers', '/status', '/feeds/papers.bib', '/mcp'])(
    'a local instance sends no CORS fields for %s',
    async (path) => {
      const { ask } = await aLocalInstance();
      for (const method of ['GET', 'GET', 'HEAD', 'POST', 'PUT'])
        expect(JSON.stringify((await ask(path, { method })).headers), method).not.toContain('access-control');
      const { etag } = (await ask(path)).headers;
      if (etag)
        expect((await ask(path, { headers: { 'if-none-match': etag } })).headers).not.toHaveProperty(
          'access-control-allow-origin',
        );
    },
  );

  test('a local instance rejects a missing Host and a foreign one beside its own', async () => {
    const { raw, renders } = await aLocalInstance();
    const misdirected = /^HTTP\/1\.1 421 Misdirected Request\r\n/;
    expect(await raw('GET /papers HTTP/1.0')).toMatch(misdirected);
    expect(await raw('GET /papers HTTP/1.0\nHost: papers.example')).toMatch(misdirected);
    expect(await raw('GET http://papers.example/papers HTTP/1.1\nHost: 127.0.0.1\nConnection: close')).toMatch(
      misdirected,
    );
    expect(await raw('GET HTTP://papers.example HTTP/1.1\nHost: 127.0.0.1\nConnection: close')).toMatch(misdirected);
    expect(await raw('GET //papers.example/ HTTP/1.1\nHost: papers.example\nConnection: close')).toMatch(misdirected);
    expect(await raw('GET /papers HTTP/1.1\nHost: 127.0.0.1\nHost: papers.example\nConnection: close')).not.toMatch(
      /^HTTP\/1\.1 200/,
    );
    expect(await raw('GET /papers HTTP/1.1\nConnection: close')).toMatch(/^HTTP\/1\.1 400 /);
    expect(renders()).toBe(0);
    expect(await raw('GET http://localhost:3000/papers HTTP/1.1\nHost: 127.0.0.1\nConnection: close')).toMatch(
      /^HTTP\/1\.1 200 OK\r\n/,
    );
    expect(await raw('GET /papers HTTP/1.0\nHost: 127.0.0.1')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('a local instance behind an unknown proxy rejects forms and names SITE_URL', async () => {
    const { port } = await aLocalInstance();
    // nginx with `proxy_pass http://127.0.0.1:3000` alone.
    const headers = { host: '127.0.0.1:3000', connection: 'close', origin: 'http://papers.test' };
    const {
      status,
      headers: received,
      body,
    } = await bodyOf(send({ port, method: 'POST', path: '/subscribe/request', headers }).end('a=b'));
    expect([status, received['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(body).toContain('SITE_URL');
  });
});

test('a public instance accepts every Host and keeps CORS for its API', async () => {
  const { ask } = await aFront({
    handle: async (_, response) => void response.writeHead(200, { 'access-control-allow-origin': '*' }).end(),
  });
  const { status, headers } = await ask('/api/v1/papers', {
    headers: { host: 'papers.example', origin: 'https://another.example' },
  });
  expect([status, headers['access-control-allow-origin']]).toEqual([200, '*']);
});

/** Exchanges between the front and the origin server on real sockets. */
import { once } from 'node:events';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { clientAtOrigin } from '#http/guard/client-address.ts';
import { noteRevision } from '#http/routes/request-context.ts';
import { connectOrigin } from '#http/server/origin-client.ts';
import type { Handle } from '#http/server/origin-server.ts';
import { aFront } from '#tests/a-front.ts';
import { aTempFolder } from '#tests/temp-store.ts';

const plain = { 'content-type': 'text/plain', 'cache-control': 'no-store' };

async function bodyOf(request: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('exchange with the origin', () => {
  test('body, fields and status pass through unchanged', async () => {
    const { port } = await aFront({
      handle: async (request, response) => {
        const body = await bodyOf(request);
        noteRevision(3);
        response.writeHead(303, { ...plain, location: '/next', 'set-cookie': ['a=1', 'b=2'] });
        response.end(
          `${request.method} ${request.url} ${request.headers['x-own']} ${request.headers.te} ${body.length}`,
        );
      },
    });
    const request = send({
      port,
      method: 'POST',
      path: '/subscribe/request?a=%20b',
      headers: { 'x-own': 'yes', te: 'trailers' },
      agent: false,
    });
    request.end('x'.repeat(300_000));
    const [incoming] = await once(request, 'response');
    expect([incoming.statusCode, incoming.headers.location, incoming.headers['set-cookie']]).toEqual([
      303,
      '/next',
      ['a=1', 'b=2'],
    ]);
    expect(await bodyOf(incoming)).toBe('POST /subscribe/request?a=%20b yes undefined 300000');
    expect(JSON.stringify([incoming.headers, incoming.trailers])).not.toContain('revisions');
  });

  test.each([
    ['GET', '/feeds/papers.bib', false],
    ['GET', '/papers', false],
    ['OPTIONS', '/api/v1/papers', false],
    ['POST', '/mcp', true],
  ])('the chunked body of %s %s never becomes a request of its own', async (method, path, isRead) => {
    const seen: string[] = [];
    const { port } = await aFront({
      handle: async (request, response) => {
        seen.push(`${request.method} ${await bodyOf(request)}`);
        response.writeHead(200, plain).end();
      },
    });
    const inner =
      'POST /subscribe/request HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 203.0.113.9\r\ncontent-length: 0\r\n\r\n';
    const request = send({ port, method, path, headers: { 'transfer-encoding': 'chunked' }, agent: false });
    const [incoming] = await once(request.end(inner), 'response');
    await bodyOf(incoming);
    expect(seen).toEqual([`${method} ${isRead ? inner : ''}`]);
  });

  test.each([
    ['a write', 'POST', '/subscribe/request'],
    ['a bypassed page', 'GET', '/status'],
  ])('%s knows its client by the peer’s address or a trusted proxy’s field', async (_, method, path) => {
    const handle: Handle = async (request, response) =>
      void response.writeHead(200, plain).end(clientAtOrigin(request));
    const [near, far] = [await aFront({ handle }), await aFront({ handle, peer: '192.0.2.1' })];
    const named = async ({ ask }: typeof near, headers: Record<string, string>) =>
      String((await ask(path, { method, headers })).body);
    const forwarded = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7', 'paper-digest-client': '203.0.113.1' };
    expect([await named(near, {}), await named(near, forwarded)]).toEqual(['127.0.0.1', '198.51.100.7']);
    expect([await named(far, {}), await named(far, forwarded)]).toEqual(['192.0.2.1', '192.0.2.1']);
  });

  test.each(['/feeds/papers.bib', '/status', '/papers'])(
    'an HTTP/1.0 request without Host gets a response: %s',
    async (path) => {
      const { port } = await aFront({
        handle: async (_, response) => void response.writeHead(200, plain).end('whole'),
      });
      const client = connect(port, '127.0.0.1');
      client.write(`GET ${path} HTTP/1.0\r\n\r\n`);
      expect(await bodyOf(client)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nwhole$/);
    },
  );

  test.each([
    ['/tags/%ff?q=%ff', '/tags/%25ff?q=%ff'],
    ['/feeds/%zz', '/feeds/%25zz'],
    ['/feeds/papers.csv%E0%A4%A?q=a%20b', '/feeds/papers.csv%25E0%25A4%25A?q=a%20b'],
    ['/authors/hep-th%2F9901001?q=100%', '/authors/hep-th%2F9901001?q=100%'],
  ])('the origin receives %s as %s', async (address, target) => {
    const { ask } = await aFront({ handle: async ({ url }, response) => void response.writeHead(200, plain).end(url) });
    expect(String((await ask(address)).body)).toBe(target);
  });

  test('a streamed response arrives chunk by chunk', async () => {
    let goOn = () => {};
    const { port } = await aFront({
      handle: async (_, response) => {
        response.writeHead(200, plain).write('first');
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        response.end('last');
      },
    });
    const [incoming] = await once(send({ port, path: '/feeds/papers.bib', agent: false }).end(), 'response');
    expect(String((await once(incoming, 'data'))[0])).toBe('first');
    goOn();
    expect(await bodyOf(incoming)).toBe('last');
  });

  test('a streamed response is written no faster than the client reads', async () => {
    let written = 0;
    const { port } = await aFront({
      handle: async (_, response) => {
        response.writeHead(200, plain);
        const piece = Buffer.alloc(100_000, 'x');
        for (; written < 1000 && !response.destroyed; written++)
          if (!response.write(piece)) await Promise.race([once(response, 'drain'), sleep(3000)]);
        response.end();
      },
    });
    const client = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(1), callback: () => false } });
    client.write('GET /feeds/papers.bib HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => written).toBeGreaterThan(0);
    await sleep(1000);
    expect(written).toBeLessThan(500);
    client.destroy();
  });

  test('a streamed response ends when the client leaves', async () => {
    const closed = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { port } = await aFront({
      handle: async (_, response) => {
        response.on('close', closed.resolve);
        response.writeHead(200, plain).write('x');
        begun.resolve();
        await closed.promise;
      },
    });
    const client = connect(port, '127.0.0.1');
    client.write('GET /feeds/papers.bib HTTP/1.1\r\nhost: x\r\n\r\n');
    await begun.promise;
    client.destroy();
    await closed.promise;
  });

  test('a body that is too large is rejected at once and never reaches the origin', async () => {
    let requests = 0;
    const { port } = await aFront({
      handle: async () => {
        requests += 1;
      },
    });
    for (const headers of [{ 'content-length': '100000000' }, { 'transfer-encoding': 'chunked' }]) {
      const sent = send({ port, method: 'POST', path: '/mcp', headers, agent: false });
      sent.on('error', () => {});
      sent.write(Buffer.alloc(1_000_001));
      const [incoming] = await once(sent, 'response');
      expect([incoming.statusCode, JSON.parse(await bodyOf(incoming)).status]).toEqual([413, 413]);
      sent.destroy();
    }
    expect(requests).toBe(0);
  });
});

test.each([
  ['in one chunk', (write: (piece: string) => void) => write('')],
  ['in two chunks', (write: (piece: string) => void) => write('begun, ')],
])('a response %s reports the revisions it read', async (_, begin) => {
  let revision = 7;
  let renders = 0;
  const { ask, count } = await aFront({
    revision: () => 7,
    handle: async (__, response) => {
      renders += 1;
      response.writeHead(200, { 'content-type': 'text/html' });
      begin((piece) => piece !== '' && response.write(piece));
      await sleep(1);
      noteRevision(revision);
      response.end('done');
    },
  });
  await ask('/papers');
  expect(count()).toBe(1);
  revision = 8;
  await ask('/papers?q=a');
  await ask('/papers?q=a');
  expect([renders, count()]).toEqual([3, 1]);
});

test('a request target is a path or an absolute address, and others are rejected', async () => {
  const { port } = await aFront({
    handle: async (request, response) => void response.writeHead(200, plain).end(request.url),
  });
  const responseTo = async (line: string) => {
    const client = connect(port, '127.0.0.1');
    client.write(`${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    return await bodyOf(client);
  };
  expect(await responseTo('GET http://digest.example/status?a=b')).toMatch(/^HTTP\/1.1 200 .*\n\/status\?a=b$/s);
  expect(await responseTo('GET HTTPS://digest.example')).toMatch(/^HTTP\/1.1 200 .*\n\/$/s);
  for (const line of ['OPTIONS *', 'GET *', 'GET ftp://digest.example/', 'GET http://['])
    expect(await responseTo(line)).toMatch(/^HTTP\/1.1 400 /);
});

test('every path responds with 500 if the origin is gone', async () => {
  const errors: unknown[] = [];
  const { ask } = await aFront({
    origin: connectOrigin(`${aTempFolder()}/nobody`),
    handle: async () => {},
    onError: (error) => errors.push(error),
  });
  for (const path of ['/papers', '/status', '/feeds/papers.bib'])
    expect(await ask(path)).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json' } });
  expect(errors).toHaveLength(3);
});

/** Every response has the security headers, whether Next, the front or node:http writes it. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rejectMalformed } from '#http/guard/reject-malformed.ts';
import { openWebServer } from '#http/server/web-server.ts';
import { aFront } from '#tests/a-front.ts';

const handlers: Readonly<Record<string, (response: ServerResponse, nonce: string) => unknown>> = {
  page: (response, nonce) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<script nonce="${nonce}">1</script>`),
  missing: (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<p>No such page.</p>'),
  data: (response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache', etag: '"1"' }).end('{}'),
  mail: (response) =>
    response
      .writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': "default-src 'none'; frame-ancestors 'self'; sandbox",
        'x-frame-options': 'SAMEORIGIN',
        'origin-agent-cluster': '?0',
      })
      .end('<p>Mail</p>'),
  redirect: (response) => response.writeHead(303, { location: '/subscribe/requested' }).end(),
  moved: (response) => response.writeHead(308, { location: '/papers' }).end(),
  large: (response) => response.writeHead(413).end('Too large.\n'),
  broken: (response) => response.destroy(),
};

/** A public server before an origin whose response `?is=…` selects. */
async function aSite(siteUrl = 'http://127.0.0.1') {
  const handle = async ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
    const nonce = /'nonce-(.+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
    handlers[new URL(url, siteUrl).searchParams.get('is') ?? 'data']?.(response, nonce);
  };
  const { handle: front } = await aFront({ handle, onError: () => {} });
  const server = await openWebServer({ host: '127.0.0.1', port: 0, siteUrl, connectionsMax: 1000 }, front);
  onTestFinished(() => server.close());
  const exchange = async (request: string) => {
    const socket = connect(server.port, '127.0.0.1').setEncoding('latin1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(request, 'latin1');
    await once(socket, 'close');
    return readHead(text);
  };
  const ask = (target: string, method = 'GET', fields = '') =>
    exchange(`${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}\r\n`);
  return { exchange, ask };
}

/** Parses the head and marks fields that were sent twice. */
function readHead(text: string) {
  const [first = '', ...lines] = (text.split('\r\n\r\n')[0] ?? '').split('\r\n');
  const headers: Record<string, string> = {};
  for (const [name, ...value] of lines.map((line) => line.split(': '))) {
    const key = String(name).toLowerCase();
    headers[key] = key in headers ? `twice: ${value}` : value.join(': ');
  }
  return { status: Number(first.split(' ')[1]), headers };
}

const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const defaults = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'origin-agent-cluster': '?1',
};

describe('security headers', () => {
  test.each([
    ['a cacheable page', '/papers?is=page', 200],
    ['a bypassed page', '/status?is=page', 200],
    ['a missing page', '/nowhere?is=missing', 404],
    ['an export, which is streamed', '/feeds/papers.jsonl', 200],
    ['the API', '/api/v1/papers', 200],
    ['a build file', '/_next/static/a.js', 200],
    ['robots.txt', '/robots.txt', 200],
    ['security.txt', '/.well-known/security.txt', 200],
    ['a sitemap', '/sitemaps/papers-1.xml', 200],
    ['a redirect after a form', '/subscribe/request?is=redirect', 303],
    ['an address that moved', '/nowhere/?is=moved', 308],
    ['a body that is too large', '/nowhere?is=large', 413],
    ['a failed route', '/status?is=broken', 500],
    ['an invalid target', '*', 400],
    ['an absolute target', 'http://a/papers?is=page', 200],
  ])('the response to %s has the security headers', async (_, target, status) => {
    const { ask } = await aSite();
    const received = await ask(target);
    expect(received.status).toBe(status);
    expect(received.headers).toMatchObject(defaults);
    const isPage = received.headers['content-type']?.startsWith('text/html');
    if (isPage)
      expect(received.headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'.*require-trusted-types-for/,
      );
    else expect(received.headers['content-security-policy']).toBe(dataPolicy);
    expect(JSON.stringify(received.headers)).not.toMatch(/nonce|strict-transport/);
  });

  test.each([
    ['a request without Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['input that is not HTTP', 'HELO there\r\n\r\n', 400],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n', 417],
    ['fields that are too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    [
      'chunk extensions that are too large',
      `POST /mcp HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(17_000)}\r\n`,
      413,
    ],
    ['a method that is not allowed', 'DELETE /api/v1/papers HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
  ])('the rejection of %s has the security headers', async (_, text, status) => {
    const { exchange } = await aSite('https://papers.example');
    const received = await exchange(text);
    expect(received.status).toBe(status);
    expect(received.headers).toMatchObject({
      ...defaults,
      'content-security-policy': dataPolicy,
      'strict-transport-security': 'max-age=31536000',
    });
  });

  test('the rejection of a slow request has the security headers', () => {
    const written: string[] = [];
    const socket = {
      writable: true,
      write: (text: string) => written.push(text),
      destroySoon: () => {},
      destroy: () => {},
    };
    rejectMalformed('https://papers.example')(
      Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
      socket as never,
    );
    expect(readHead(written.join(''))).toMatchObject({ status: 408, headers: defaults });
  });

  test('a malformed request never writes into a response that has begun', () => {
    const done: string[] = [];
    const socket = {
      writable: true,
      _httpMessage: { headersSent: true },
      write: () => done.push('write'),
      destroy: () => done.push('destroy'),
    };
    rejectMalformed('')(new Error(), socket as never);
    expect(done).toEqual(['destroy']);
  });
});

test('a 304 has the script policy of its page', async () => {
  const { ask } = await aSite();
  const { headers } = await ask('/papers?is=page');
  const again = await ask('/papers?is=page', 'GET', `If-None-Match: ${headers.etag}\r\n`);
  expect(again.status).toBe(304);
  expect(again.headers['content-security-policy']).toBe(headers['content-security-policy']);
});

test('a mail keeps its own policy and may be framed by this site', async () => {
  const { headers } = await (await aSite()).ask('/outbox/1/html?is=mail');
  expect(headers).toMatchObject({
    ...defaults,
    'content-security-policy': "default-src 'none'; frame-ancestors 'self'; sandbox",
    'x-frame-options': 'SAMEORIGIN',
    'origin-agent-cluster': '?0',
  });
});

test.each(['GET', 'POST'])('the HTML response to a %s has the hashes of its scripts', async (method) => {
  const { headers } = await (await aSite()).ask('/subscribe/request?is=page', method);
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/);
});

test.each([
  ['/papers', 'same-origin'],
  ['/api', 'same-origin'],
  ['/robots.txt', 'same-origin'],
  ['/apis/x', 'same-origin'],
  ['/_next/static/a.js', 'same-origin'],
  ['/api/v1/papers', 'cross-origin'],
  ['/api/daily_papers?date=2025-12-16', 'cross-origin'],
  ['http://a/feeds/papers.atom', 'cross-origin'],
  ['/feeds/papers.csv', 'cross-origin'],
  ['/og/papers/a', 'cross-origin'],
  ['/favicon.svg', 'cross-origin'],
])('the resource policy of %s is %s', async (target, policy) => {
  expect((await (await aSite()).ask(target)).headers['cross-origin-resource-policy']).toBe(policy);
});

test.each([
  ['https://papers.example', 'max-age=31536000'],
  ['http://papers.example', undefined],
])('HSTS is sent only if SITE_URL is https: %s', async (siteUrl, value) => {
  expect((await (await aSite(siteUrl)).ask('/papers')).headers['strict-transport-security']).toBe(value);
});

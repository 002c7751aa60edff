/** Tests the HTTP client against misbehaving servers: retries, delays and pace. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FetchFailure, type HttpResponse } from '#core/ports/http-client.ts';
import type { HttpSettings } from '#platform/http-client/http-client.ts';
import { createMemoryPaceStore, type PaceStore } from '#platform/http-client/pace.ts';
import { withChaos } from '#tests/chaos-server.ts';
import { aHttp } from '#tests/fetching.ts';
import { type Handler, type LocalServer, startServer } from '#tests/local-server.ts';

async function aServer(handler: Handler): Promise<LocalServer> {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}

const ask = (
  origin: string,
  settings: Partial<HttpSettings> = {},
  trusted: readonly string[] = [origin],
): Promise<HttpResponse> => aHttp(trusted, settings)(new URL(`${origin}/a`), { accept: 'application/json' });
const failureOf = (promise: Promise<unknown>): Promise<FetchFailure> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => (error instanceof FetchFailure ? error : Promise.reject(error)),
  );
const textOf = (answer: HttpResponse) => new TextDecoder().decode(answer.body);

describe('response', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('a response in %s is decompressed', async (encoding, pack) => {
    const server = await aServer(() => ({ headers: { 'content-encoding': encoding }, body: pack('{"a":1}') }));
    expect(textOf(await ask(server.origin))).toBe('{"a":1}');
  });

  it('a request sends User-Agent and validators, and 304 means unchanged', async () => {
    const server = await aServer((_, request) =>
      request.headers['if-none-match'] === '"1"'
        ? { status: 304 }
        : {
            headers: {
              etag: '"1"',
              'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
              link: '<https://x/?p=1>; rel="next"',
            },
          },
    );
    const get = aHttp([server.origin]);
    const first = await get(new URL(server.origin), { accept: 'text/plain' });
    expect(first).toMatchObject({
      status: 200,
      unchanged: false,
      next: 'https://x/?p=1',
      validators: { etag: '"1"', lastModified: 'Thu, 01 Jan 1970 00:00:00 GMT' },
    });
    const second = await get(new URL(server.origin), { accept: 'text/plain', validators: first.validators });
    expect(second).toMatchObject({ status: 304, unchanged: true });
    expect(server.asked[1]?.headers).toMatchObject({
      accept: 'text/plain',
      'user-agent': 'paper-digest-tests',
      'if-none-match': '"1"',
      'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT',
    });
  });

  it('a permanent error is not retried', async () => {
    const server = await aServer(() => ({ status: 404, body: '{"error":"Paper not found"}' }));
    expect(await ask(server.origin)).toMatchObject({ status: 404 });
    expect(server.asked).toHaveLength(1);
  });
});

describe('retry', () => {
  it.each(['error', 'too many', 'cut', 'reset'] as const)('a retry succeeds after “%s”', async (kind) => {
    const server = await aServer(
      withChaos(
        () => ({ body: 'ok' }),
        () => (server.asked.length < 4 ? kind : null),
      ),
    );
    expect(textOf(await ask(server.origin))).toBe('ok');
    expect(server.asked).toHaveLength(4);
  });

  it('a retry succeeds after a truncated or damaged compressed response', async () => {
    const packed = gzipSync('x'.repeat(5_000));
    const damaged = Buffer.from(packed).fill(7, 12, 20);
    const bodies = [packed.subarray(0, 20), damaged, packed];
    const server = await aServer(() => ({ headers: { 'content-encoding': 'gzip' }, body: bodies.shift() ?? '' }));
    expect((await ask(server.origin)).body).toHaveLength(5_000);
  });

  it('five attempts fail with a message, and three failed requests open the circuit', async () => {
    const server = await aServer(() => ({ status: 503 }));
    const get = aHttp([server.origin]);
    const asking = () => failureOf(get(new URL(server.origin), { accept: '*/*' }));
    expect((await asking()).message).toBe(
      `${new URL(server.origin).host} could not be read: it answers with status 503.`,
    );
    expect(server.asked).toHaveLength(5);
    await asking();
    expect((await asking()).retryAt).toMatch(/^\d{4}-/);
    expect((await asking()).message).toMatch(/left alone/);
    expect(server.asked).toHaveLength(15);
  });

  it('the client waits for Retry-After, or fails at once if that is too long', async () => {
    const waits: number[] = [];
    const clock = { nowMs: () => 0, wait: async (ms: number) => void waits.push(ms) };
    const server = await aServer(() =>
      server.asked.length < 2 ? { status: 429, headers: { 'retry-after': '17' } } : { body: 'ok' },
    );
    await ask(server.origin, { clock });
    expect(waits).toEqual([17_000]);
    const busy = await aServer(() => ({ status: 429, headers: { 'retry-after': 'Thu, 01 Jan 1970 01:00:00 GMT' } }));
    const failure = await failureOf(ask(busy.origin, { clock }));
    expect(failure.retryAt).toBe('1970-01-01T01:00:00.000Z');
    expect(busy.asked).toHaveLength(1);
  });

  it('backoff delays spread over the whole of a growing range', async () => {
    const waits: number[] = [];
    const clock = { nowMs: () => 0, wait: async (ms: number) => void waits.push(ms) };
    const server = await aServer(() => ({ status: 500 }));
    await failureOf(ask(server.origin, { clock, random: () => 0.5, backoff: { baseMs: 100, capMs: 300 } }));
    expect(waits).toEqual([50, 100, 150, 150]);
  });

  it('the signal stops a retry', async () => {
    const server = await aServer(() => ({ status: 500 }));
    const signal = AbortSignal.timeout(100);
    const get = aHttp([server.origin], { backoff: { baseMs: 60_000, capMs: 60_000 }, random: () => 0.9 });
    await expect(get(new URL(server.origin), { accept: '*/*', signal })).rejects.toThrow(/abort/i);
  });
});

describe('pace', () => {
  it('concurrent requests start one at a time at the server’s pace', async () => {
    let open = 0;
    let most = 0;
    const server = await aServer((_, __, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open -= 1;
        response.end('ok');
      }, 60);
      return undefined;
    });
    const grants: number[] = [];
    const store = createMemoryPaceStore(() => performance.now());
    const pace: PaceStore = {
      reserve: async (key, limit) => {
        const before = performance.now();
        const waitMs = await store.reserve(key, limit);
        if (waitMs === 0) grants.push(before);
        return waitMs;
      },
    };
    const get = aHttp([server.origin], { pace, rules: () => ({ key: 'one', pace: { limit: 1, windowMs: 150 } }) });
    await Promise.all([1, 2, 3].map(() => get(new URL(server.origin), { accept: '*/*' })));
    expect(most).toBe(1);
    expect(server.asked).toHaveLength(grants.length);
    for (const [i, grant] of grants.slice(1).entries()) expect(grant - (grants[i] ?? 0)).toBeGreaterThan(140);
  });
});

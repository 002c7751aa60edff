/** The fetcher against servers that misbehave: what it asks again, what it never does, and the limits it keeps. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FetchFailure, type HttpAnswer } from '#core/http';
import type { HttpSettings } from '#platform/http';
import { createMemoryPaceStore } from '#platform/http/pace';
import { misbehaviours, withChaos } from '#tests/chaos-server';
import { aHttp } from '#tests/fetching';
import { type Handler, type LocalServer, startServer } from '#tests/local-server';

async function aServer(handler: Handler): Promise<LocalServer> {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}

const ask = (origin: string, settings: Partial<HttpSettings> = {}, trusted: readonly string[] = [origin]): Promise<HttpAnswer> =>
  aHttp(trusted, settings)(new URL(`${origin}/a`), { accept: 'application/json' });
const failureOf = (promise: Promise<unknown>): Promise<FetchFailure> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => (error instanceof FetchFailure ? error : Promise.reject(error)),
  );
const textOf = (answer: HttpAnswer) => new TextDecoder().decode(answer.body);

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('is unpacked from %s', async (encoding, pack) => {
    const server = await aServer(() => ({ headers: { 'content-encoding': encoding }, body: pack('{"a":1}') }));
    expect(textOf(await ask(server.origin))).toBe('{"a":1}');
  });

  it('comes to one who says who is asking, and what changed since', async () => {
    const server = await aServer((_, request) =>
      request.headers['if-none-match'] === '"1"'
        ? { status: 304 }
        : { headers: { etag: '"1"', 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT', link: '<https://x/?p=1>; rel="next"' } },
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

  it('is not asked for again when it says no', async () => {
    const server = await aServer(() => ({ status: 404, body: '{"error":"Paper not found"}' }));
    expect(await ask(server.origin)).toMatchObject({ status: 404 });
    expect(server.asked).toHaveLength(1);
  });
});

describe('asking again', () => {
  it.each(['error', 'too many', 'cut', 'reset'] as const)('helps after “%s”', async (kind) => {
    const server = await aServer(
      withChaos(
        () => ({ body: 'ok' }),
        () => (server.asked.length < 4 ? kind : null),
      ),
    );
    expect(textOf(await ask(server.origin))).toBe('ok');
    expect(server.asked).toHaveLength(4);
  });

  it('helps after an answer whose packing is cut or damaged', async () => {
    const packed = gzipSync('x'.repeat(5_000));
    const damaged = Buffer.from(packed).fill(7, 12, 20);
    const bodies = [packed.subarray(0, 20), damaged, packed];
    const server = await aServer(() => ({ headers: { 'content-encoding': 'gzip' }, body: bodies.shift() ?? '' }));
    expect((await ask(server.origin)).body).toHaveLength(5_000);
  });

  it('ends after five times with a sentence, and after three such ends the server is left alone', async () => {
    const server = await aServer(() => ({ status: 503 }));
    const get = aHttp([server.origin]);
    const asking = () => failureOf(get(new URL(server.origin), { accept: '*/*' }));
    expect((await asking()).message).toBe(`${new URL(server.origin).host} could not be read: it answers with status 503.`);
    expect(server.asked).toHaveLength(5);
    await asking();
    expect((await asking()).retryAt).toMatch(/^\d{4}-/);
    expect((await asking()).message).toMatch(/left alone/);
    expect(server.asked).toHaveLength(15);
  });

  it('waits as long as the server asks, and not at all when that is too long', async () => {
    const waits: number[] = [];
    const clock = { nowMs: () => 0, wait: async (ms: number) => void waits.push(ms) };
    const server = await aServer(() => (server.asked.length < 2 ? { status: 429, headers: { 'retry-after': '17' } } : { body: 'ok' }));
    await ask(server.origin, { clock });
    expect(waits).toEqual([17_000]);
    const busy = await aServer(() => ({ status: 429, headers: { 'retry-after': 'Thu, 01 Jan 1970 01:00:00 GMT' } }));
    const failure = await failureOf(ask(busy.origin, { clock }));
    expect(failure.retryAt).toBe('1970-01-01T01:00:00.000Z');
    expect(busy.asked).toHaveLength(1);
  });

  it('draws its own waits from the whole of a growing range', async () => {
    const waits: number[] = [];
    const clock = { nowMs: () => 0, wait: async (ms: number) => void waits.push(ms) };
    const server = await aServer(() => ({ status: 500 }));
    await failureOf(ask(server.origin, { clock, random: () => 0.5, backoff: { baseMs: 100, capMs: 300 } }));
    expect(waits).toEqual([50, 100, 150, 150]);
  });

  it('stops when it is told to', async () => {
    const server = await aServer(() => ({ status: 500 }));
    const signal = AbortSignal.timeout(100);
    const get = aHttp([server.origin], { backoff: { baseMs: 60_000, capMs: 60_000 }, random: () => 0.9 });
    await expect(get(new URL(server.origin), { accept: '*/*', signal })).rejects.toThrow(/abort/i);
  });
});

describe('limits', () => {
  const quick = { connectMs: 500, headerMs: 100, idleMs: 100, totalMs: 400 };

  it.each([
    ['no headers', () => undefined, 'it gave no answer for 0.1 s'],
    [
      'silence in the body',
      (_: URL, __: unknown, response: Parameters<Handler>[2]) => void response.write('x'),
      'it fell silent for 0.1 s',
    ],
    [
      'a trickle',
      (_: URL, __: unknown, response: Parameters<Handler>[2]): undefined => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
        return undefined;
      },
      'the whole answer took longer than 0.4 s',
    ],
  ] as const)('of time: %s', async (_, handler, problem) => {
    const server = await aServer(handler as Handler);
    expect((await failureOf(ask(server.origin, { limits: quick }))).message).toContain(problem);
    expect(server.asked).toHaveLength(5);
  });

  it('of size: a bomb, and what is honestly too large, are not asked for again', async () => {
    const bomb = await aServer(misbehaviours.bomb);
    expect((await failureOf(ask(bomb.origin))).message).toMatch(/unpacks to more than 100 times its size/);
    const large = await aServer(() => ({ body: Buffer.alloc(200_000, 'x') }));
    expect((await failureOf(ask(large.origin, { limits: { bodyBytesMax: 100_000 } }))).message).toMatch(/larger than 0.1 MB/);
    const odd = await aServer(() => ({ headers: { 'content-encoding': 'gzip, gzip' }, body: 'x' }));
    expect((await failureOf(ask(odd.origin))).message).toMatch(/packed as gzip, gzip/);
    expect([bomb.asked.length, large.asked.length, odd.asked.length]).toEqual([1, 1, 1]);
  });
});

describe('addresses', () => {
  it('of this machine are refused unless they are the configured origin', async () => {
    const server = await aServer(() => ({ body: 'secret' }));
    const { port } = new URL(server.origin);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      const failure = await failureOf(ask(`http://${host}:${port}`, {}, []));
      expect(failure.message).toMatch(/address of this machine or of its own network/);
    }
    expect(server.asked).toEqual([]);
    expect(textOf(await ask(server.origin))).toBe('secret');
  });

  it.each([
    'http://127.0.0.1:9/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://localhost:9/',
    'http://10.0.0.1/',
  ])('a redirect to %s is not followed', async (location) => {
    const server = await aServer(() => ({ status: 302, headers: { location } }));
    expect((await failureOf(ask(server.origin))).message).toMatch(/address of this machine or of its own network/);
    expect(server.asked).toHaveLength(1);
  });

  it('a redirect within the configured origin is followed, one in circles or to no web address is not', async () => {
    const server = await aServer((url) => (url.pathname === '/a' ? { status: 301, headers: { location: '/b' } } : { body: 'there' }));
    expect(textOf(await ask(server.origin))).toBe('there');
    const circle = await aServer(() => ({ status: 307, headers: { location: '/a' } }));
    expect((await failureOf(ask(circle.origin))).message).toMatch(/redirects more than 5 times/);
    const file = await aServer(() => ({ status: 302, headers: { location: 'file:///etc/passwd' } }));
    expect((await failureOf(ask(file.origin))).message).toMatch(/no web address/);
  });
});

describe('pace', () => {
  it('spaces the starts, one at a time, also of those who ask together', async () => {
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
    const pace = createMemoryPaceStore(() => performance.now());
    const get = aHttp([server.origin], { pace, rules: () => ({ key: 'one', pace: { limit: 1, windowMs: 150 } }) });
    await Promise.all([1, 2, 3].map(() => get(new URL(server.origin), { accept: '*/*' })));
    expect(most).toBe(1);
    const gaps = server.asked.slice(1).map(({ atMs }, i) => atMs - (server.asked[i]?.atMs ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(130);
  });
});

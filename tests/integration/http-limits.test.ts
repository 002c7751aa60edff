import { describe, expect, it, onTestFinished } from 'vitest';
import { FetchFailure, type HttpResponse } from '#core/ports/http-client.ts';
import type { HttpSettings } from '#platform/http-client/http-client.ts';
import { misbehaviours } from '#tests/chaos-server.ts';
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

describe('limits', () => {
  const patient = { connectMs: 5_000, headerMs: 5_000, idleMs: 5_000, totalMs: 5_000 };
  const silent: Handler = () => undefined;
  const stuck: Handler = (_url, _request, response) => {
    response.write('x');
    return undefined;
  };
  const trickling: Handler = (_url, _request, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
    return undefined;
  };

  it.each([
    { handler: silent, limits: { headerMs: 200 }, problem: 'it gave no answer for 0.2 s' },
    { handler: stuck, limits: { idleMs: 200 }, problem: 'it fell silent for 0.2 s' },
    { handler: trickling, limits: { totalMs: 400 }, problem: 'the whole answer took longer than 0.4 s' },
  ])('a time limit ends the request: $problem', async ({ handler, limits, problem }) => {
    const server = await aServer(handler);
    expect((await failureOf(ask(server.origin, { limits: { ...patient, ...limits } }))).message).toContain(problem);
    expect(server.asked).toHaveLength(5);
  });

  it('a decompression bomb, a body above the size limit and an unknown encoding are not retried', async () => {
    const bomb = await aServer(misbehaviours.bomb);
    expect((await failureOf(ask(bomb.origin))).message).toMatch(/unpacks to more than 100 times its size/);
    const large = await aServer(() => ({ body: Buffer.alloc(200_000, 'x') }));
    expect((await failureOf(ask(large.origin, { limits: { bodyBytesMax: 100_000 } }))).message).toMatch(
      /larger than 0.1 MB/,
    );
    const odd = await aServer(() => ({ headers: { 'content-encoding': 'gzip, gzip' }, body: 'x' }));
    expect((await failureOf(ask(odd.origin))).message).toMatch(/packed as gzip, gzip/);
    expect([bomb.asked.length, large.asked.length, odd.asked.length]).toEqual([1, 1, 1]);
  });
});

describe('addresses', () => {
  it('addresses of this machine are rejected unless they are the configured origin', async () => {
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

  it('a redirect within the configured origin is followed, but no loop and no other scheme', async () => {
    const server = await aServer((url) =>
      url.pathname === '/a' ? { status: 301, headers: { location: '/b' } } : { body: 'there' },
    );
    expect(textOf(await ask(server.origin))).toBe('there');
    const circle = await aServer(() => ({ status: 307, headers: { location: '/a' } }));
    expect((await failureOf(ask(circle.origin))).message).toMatch(/redirects more than 5 times/);
    const file = await aServer(() => ({ status: 302, headers: { location: 'file:///etc/passwd' } }));
    expect((await failureOf(ask(file.origin))).message).toMatch(/no web address/);
  });
});

/** The health routes over HTTP, for every state of the main thread, the store and the index. */
import { createServer, get, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHealthRoutes, type HealthOptions } from '#http/server/health-routes.ts';
import type { Readiness } from '#platform/readiness.ts';

type State = { isAlive: boolean; readiness: Readiness | null; revision: () => number };
type Received = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A server whose other routes never respond. */
async function aHealthServer() {
  const state: State = { isAlive: true, readiness: { store: 'ok', index: { state: 'ok' } }, revision: () => 7 };
  const heartbeat: HealthOptions['heartbeat'] = { isAlive: () => state.isAlive, readiness: () => state.readiness };
  const passed: string[] = [];
  const health = createHealthRoutes({ heartbeat, revision: () => state.revision() });
  const server = createServer((request, response) => {
    if (!health(request, response)) passed.push(`${request.method} ${request.url}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, method = 'GET') =>
    new Promise<Received>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, method, agent: false }, async (response) => {
        const body = (await response.toArray()).join('');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      }).on('error', reject);
    });
  const ready = async () => {
    const { status, body } = await ask('/readyz');
    return [status, JSON.parse(body)];
  };
  return { state, passed, ask, ready };
}

test('/livez reports whether the main thread responds', async () => {
  const { state, ask } = await aHealthServer();
  expect(await ask('/livez?probe=1')).toMatchObject({
    status: 200,
    body: 'ok',
    headers: { 'cache-control': 'no-store' },
  });
  expect(await ask('/livez', 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '2' } });
  state.isAlive = false;
  expect(await ask('/livez')).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
});

test('/readyz reports the state of the store and the progress of the index', async () => {
  const { state, ready, ask } = await aHealthServer();
  expect(await ready()).toEqual([200, { ready: true, store: 'ok', index: 'ok' }]);
  expect((await ask('/readyz')).headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  state.readiness = { store: 'ok', index: { state: 'building', done: 40, total: 6141 } };
  expect(await ready()).toEqual([503, { ready: false, store: 'ok', index: 'building', done: 40, total: 6141 }]);
  state.readiness = { store: 'It was replaced.', index: { state: 'ok' } };
  expect(await ready()).toEqual([503, { ready: false, store: 'It was replaced.', index: 'ok' }]);
  state.readiness = { store: 'ok', index: { state: 'ok' } };
  state.revision = () => {
    throw new Error('SQLITE_IOERR');
  };
  expect(await ready()).toEqual([503, { ready: false, store: 'The store does not answer.', index: 'ok' }]);
  state.revision = () => 7;
  state.isAlive = false;
  expect(await ready()).toEqual([503, { ready: false, store: 'The server does not respond.', index: 'ok' }]);
});

test('/readyz is 503 before the first pong', async () => {
  const { state, ready } = await aHealthServer();
  state.readiness = null;
  expect(await ready()).toEqual([503, { ready: false, store: 'ok', index: 'building', done: 0, total: 0 }]);
});

test('/api/health goes to the API while the server is healthy, and is 503 at once otherwise', async () => {
  const { state, passed, ask } = await aHealthServer();
  const waiting = ask('/api/health');
  await expect.poll(() => passed).toEqual(['GET /api/health']);
  state.isAlive = false;
  // The main thread starts to hang before it responds.
  expect(await waiting).toMatchObject({ status: 503, headers: { 'content-type': 'application/problem+json' } });
  expect(await ask('/api/health')).toMatchObject({ status: 503 });
  state.isAlive = true;
  state.readiness = { store: 'It vanished.', index: { state: 'ok' } };
  expect(JSON.parse((await ask('/api/health')).body)).toMatchObject({ status: 503, detail: 'It vanished.' });
  expect(passed).toEqual(['GET /api/health']);
});

test('the health routes allow only GET and HEAD, and match no similar path', async () => {
  const { passed, ask } = await aHealthServer();
  for (const path of ['/livez', '/readyz'])
    expect(await ask(path, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  const others = ['/livez/', '/livezz', '/toString', '/__proto__', '//livez'];
  for (const path of others) void ask(path).catch(() => {});
  await expect.poll(() => passed.toSorted()).toEqual(others.map((path) => `GET ${path}`).toSorted());
});

/** The front thread and a busy origin: no request is lost, and no request delays the shutdown. */
import { once } from 'node:events';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { connectOrigin } from '#http/server/origin-client.ts';
import { createOriginServer, type Handle } from '#http/server/origin-server.ts';
import type { MainMessage } from '#http/server/thread-messages.ts';
import { root } from '#tests/ingest-load.ts';
import { aTempFolder, aTempStore } from '#tests/temp-store.ts';

async function anOrigin(handle: Handle): Promise<string> {
  const socketPath = join(aTempFolder(), 'origin');
  const origin = createOriginServer(handle);
  onTestFinished(() => origin.closeAllConnections());
  await once(origin.listen(socketPath), 'listening');
  return socketPath;
}

test('a thousand concurrent fetches succeed although the backlog of the origin is smaller', async () => {
  const { fetch } = connectOrigin(await anOrigin(async (_, response) => void response.writeHead(200).end()));
  const responses = await Promise.all(Array.from({ length: 1000 }, () => fetch({ url: '/status', headers: {} })));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
});

test('the front thread stops although the origin has not responded', async () => {
  const { file } = aTempStore();
  const requested = Promise.withResolvers<void>();
  const socketPath = await anOrigin(() => {
    requested.resolve();
    return new Promise(() => {});
  });
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `file:${file}` };
  const thread = new Worker(join(root, 'src/entry/front-thread.ts'), { workerData: { socketPath }, env });
  const [{ port }] = (await once(thread, 'message')) as [{ readonly port: number }];
  send({ port, path: '/status', agent: false })
    .on('error', () => {})
    .end();
  await requested.promise;
  thread.postMessage({ kind: 'stop' } satisfies MainMessage);
  expect(await once(thread, 'exit')).toEqual([0]);
}, 15_000);

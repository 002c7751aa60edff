/** The web server: Next's request handler as the origin, and the front before it in a thread of its own. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createOriginServer } from '#front/origin-server';
import { offerDocumentMarkup } from '#platform/document-markup';
import { env, urlHost } from '#platform/env';
import { runStopTasks } from '#platform/stop';

const stopLimitMs = 5000;
/** As many connections wait as the system lets: on a Unix socket one that finds no room is refused at once. */
const backlog = 4096;

export type RunningServer = { readonly address: string; readonly stop: () => Promise<void> };

/** Serves the built site of `folder` on HOST and PORT. */
export async function startServer(folder: string): Promise<RunningServer> {
  const { host, port } = env();
  offerDocumentMarkup();
  // Loaded by `require`: Next is CommonJS, and reads NODE_ENV as it loads.
  const next = createRequire(import.meta.url)('next') as typeof import('next').default;
  const site = next({ dev: false, dir: folder, hostname: host, port });
  await site.prepare();
  // Only this user may open the folder, and so speak past the front.
  const socketFolder = mkdtempSync(join(tmpdir(), 'paper-digest-'));
  const origin = createOriginServer(site.getRequestHandler());
  await once(origin.listen({ path: join(socketFolder, 'origin'), backlog }), 'listening');
  const front = await startFront(join(socketFolder, 'origin'));
  const stop = async () => {
    await front.stop();
    origin.close();
    origin.closeAllConnections();
    await site.close();
    const errors = await runStopTasks(stopLimitMs);
    for (const error of errors) console.error(error);
    rmSync(socketFolder, { recursive: true, force: true });
  };
  return { address: `http://${urlHost(host)}:${front.port}`, stop };
}

/** Throws what keeps the thread from listening; what ends it later ends the process. */
async function startFront(socketPath: string) {
  const thread = new Worker(new URL('front-thread.ts', import.meta.url), { workerData: { socketPath } });
  const [port] = (await once(thread, 'message')) as [number];
  thread.on('error', (error) => {
    throw error;
  });
  return {
    port,
    async stop(): Promise<void> {
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await ended;
    },
  };
}

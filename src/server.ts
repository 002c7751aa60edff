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

export type RunningServer = {
  readonly address: string;
  /** Rejects when what readers speak with ends before it is told to: nobody is served any more. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

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
  process.once('exit', () => rmSync(socketFolder, { recursive: true, force: true }));
  const socketPath = join(socketFolder, 'origin');
  const origin = createOriginServer(site.getRequestHandler());
  await once(origin.listen({ path: socketPath, backlog }), 'listening');
  const front = await startFront(socketPath);
  const stop = async () => {
    await front.stop();
    origin.close();
    origin.closeAllConnections();
    await site.close();
    const errors = await runStopTasks(stopLimitMs);
    for (const error of errors) console.error(error);
  };
  return { address: `http://${urlHost(host)}:${front.port}`, ended: front.ended, stop };
}

/** Throws what keeps the thread from listening. */
async function startFront(socketPath: string) {
  const thread = new Worker(new URL('front-thread.ts', import.meta.url), { workerData: { socketPath } });
  let isTold = false;
  const ended = once(thread, 'exit').then(([code]) => {
    if (!isTold) throw new Error(`The thread that readers speak with ended by itself, with code ${code}.`);
  });
  const [port] = (await Promise.race([once(thread, 'message'), ended])) as [number];
  return {
    port,
    ended,
    async stop(): Promise<void> {
      isTold = true;
      thread.postMessage('stop');
      await ended;
    },
  };
}

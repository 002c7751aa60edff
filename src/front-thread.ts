/** The thread that readers speak with: what is kept is sent at once, however busy the pages' own thread is. */
import { parentPort, workerData } from 'node:worker_threads';
import { createFront } from '#front/create-front';
import { connectOrigin } from '#front/origin-client';
import { openWebServer } from '#front/web-server';
import { env } from '#platform/env';
import { runStopTasks } from '#platform/stop';
import { openServerRevision } from '#wiring/revision';

const stopLimitMs = 1000;
/** What pages that are kept may take in memory. */
const keptBytesMax = 64_000_000;

const { socketPath } = workerData as { readonly socketPath: string };
const front = createFront({ origin: connectOrigin(socketPath), revision: openServerRevision(), bytesMax: keptBytesMax });
const server = await openWebServer(env(), front.handle);
parentPort?.once('message', async () => {
  await server.close();
  for (const error of await runStopTasks(stopLimitMs)) console.error(error);
  // Pages that nobody waits for any more may still be asked for: the thread does not wait for them either.
  process.exit();
});
parentPort?.postMessage(server.port);

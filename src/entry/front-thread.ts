/** The front thread: talks to clients and serves cached pages while the main thread is busy. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createPageCache, openStreamsMax } from '#http/cache/page-cache.ts';
import { guardLocalInstance, type Handle } from '#http/guard/local-instance.ts';
import { connectionsFor, readFileUse } from '#http/limits/file-limit.ts';
import { createHealthRoutes } from '#http/server/health-routes.ts';
import { createHeartbeat, pingEveryMs } from '#http/server/heartbeat.ts';
import { connectOrigin } from '#http/server/origin-client.ts';
import type { FrontMessage, MainMessage } from '#http/server/thread-messages.ts';
import { openWebServer } from '#http/server/web-server.ts';
import { giveMemoryBackWhenIdle } from '#platform/idle-memory.ts';
import { readSettings } from '#platform/settings.ts';
import { runStopTasks } from '#platform/stop.ts';
import { makeLossy } from '#scripts/lossy-output.mjs';
import { openServerRevision } from '#wiring/revision.ts';

const stopLimitMs = 1000;
/** Memory of the page cache. */
const cacheBytesMax = 64_000_000;

/** After a minute without a pong the main thread hangs for good: the process is killed, and restarted outside. */
const silentTicksMax = 60_000 / pingEveryMs;

makeLossy(process.stdout, process.stderr);
giveMemoryBackWhenIdle();
const { socketPath } = workerData as { readonly socketPath: string };
const post = (message: FrontMessage) => parentPort?.postMessage(message);
const revision = openServerRevision();
const heartbeat = createHeartbeat(() => post({ kind: 'ping' }));
const health = createHealthRoutes({ heartbeat, revision });
const connectionsMax = connectionsFor(readFileUse());
const streamsMax = Math.min(openStreamsMax, Math.ceil(connectionsMax / 2));
// Unknown until the first pong.
const indexReadiness = () => heartbeat.readiness()?.index ?? { state: 'building' as const, done: 0, total: 0 };
const pageCache = createPageCache({
  origin: connectOrigin(socketPath),
  revision,
  bytesMax: cacheBytesMax,
  streamsMax,
  index: indexReadiness,
});
setInterval(() => {
  heartbeat.tick();
  if (heartbeat.silentTicks() > silentTicksMax) killProcess();
}, pingEveryMs).unref();
parentPort?.on('message', (message: MainMessage) => {
  if (message.kind === 'pong') heartbeat.pong(message.readiness);
  else void stop();
});
const handle: Handle = async (request, response) => {
  if (!health(request, response)) await pageCache.handle(request, response);
};
const { isLocal, siteUrl } = readSettings();
const server = await openWebServer(
  { ...readSettings(), connectionsMax },
  isLocal ? guardLocalInstance(siteUrl, handle) : handle,
);
post({ kind: 'listening', port: server.port });

async function stop(): Promise<void> {
  await server.close();
  for (const error of await runStopTasks(stopLimitMs)) console.error(error);
  // Do not wait for renderings that no client waits for.
  process.exit();
}

function killProcess(): void {
  try {
    // The console would write through the main thread.
    writeSync(2, 'The main thread has not responded for a minute. The process is killed.\n');
  } catch {
    // standard error is closed
  }
  process.kill(process.pid, 'SIGKILL');
}

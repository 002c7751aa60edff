/** The thread that readers speak with: what is kept is sent at once, however busy the pages' own thread is. */
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
/** What pages that are kept may take in memory. */
const keptBytesMax = 64_000_000;

/** A main thread that has not responded to a ping for so many ticks (a minute) never will: the process is killed, and started again. */
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
// It is not known before the main thread has said it.
const indexReadiness = () => heartbeat.readiness()?.index ?? { state: 'building' as const, done: 0, total: 0 };
const front = createPageCache({
  origin: connectOrigin(socketPath),
  revision,
  bytesMax: keptBytesMax,
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
  if (!health(request, response)) await front.handle(request, response);
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
  // Pages that nobody waits for any more may still be asked for: the thread does not wait for them either.
  process.exit();
}

function killProcess(): void {
  try {
    // Not by the console: its text would go through the main thread.
    writeSync(2, 'The main thread has not responded for a minute. The process is killed.\n');
  } catch {
    // nobody reads it
  }
  process.kill(process.pid, 'SIGKILL');
}

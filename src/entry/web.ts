/** Starts the web server: Next as the origin in the main thread, and the front thread. */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { isLoopbackHost } from '#core/web-origin.ts';
import { provideDocumentHtml } from '#http/routes/document-html.ts';
import { createOriginServer } from '#http/server/origin-server.ts';
import type { FrontMessage, MainMessage } from '#http/server/thread-messages.ts';
import { giveMemoryBackWhenIdle } from '#platform/idle-memory.ts';
import { outboxHref } from '#platform/outbox-key.ts';
import { readiness } from '#platform/readiness.ts';
import { readSettings, takeBuiltConfig, urlHost } from '#platform/settings.ts';
import { openSocketFolder } from '#platform/socket-folder.ts';
import { awaitStartHook } from '#platform/start-hook.ts';
import { runStopTasks } from '#platform/stop.ts';

export { endOnUncaughtError } from '#http/server/uncaught-errors.ts';

const stopLimitMs = 5000;
/** The start hook takes 1 s. If its code cannot load, Next logs that and never runs it. */
const hookLimitMs = 15_000;
/** Maximum backlog. A Unix socket rejects connections beyond it at once. */
const backlog = 4096;

export type RunningServer = {
  readonly address: string;
  /** The address of the outbox with its key; null if mail goes to an SMTP server. */
  readonly outboxAddress: string | null;
  /** Rejects if the front thread exits before `stop()` is called. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Serves the built site of `folder` on HOST and PORT. */
export async function startServer(folder: string): Promise<RunningServer> {
  const { host, port, siteUrl, siteUrlIsSet, smtpUrl } = readSettings();
  if (!siteUrlIsSet && !isLoopbackHost(host))
    console.warn(`SITE_URL is not set: feeds, mails and the sitemap name ${siteUrl}, whatever address readers use.`);
  provideDocumentHtml();
  const hook = awaitStartHook();
  giveMemoryBackWhenIdle();
  takeBuiltConfig(folder);
  // `require`, because Next is CommonJS and reads NODE_ENV when it loads.
  const next = createRequire(import.meta.url)('next') as typeof import('next').default;
  const site = next({ dev: false, dir: folder, hostname: host, port });
  await site.prepare();
  await Promise.race([hook, failAfter(hookLimitMs)]);
  // Only this user may open the folder, so nobody else can bypass the front.
  const socketPath = await openSocketFolder(tmpdir());
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
  const address = `http://${urlHost(host)}:${front.port}`;
  const outboxAddress = smtpUrl === null ? `${address}${outboxHref(readSettings())}` : null;
  return { address, outboxAddress, ended: front.ended, stop };
}

async function failAfter(limitMs: number): Promise<never> {
  await delay(limitMs);
  throw new Error(`The start hook did not run within ${limitMs / 1000} s. An error above says why.`);
}

/** Throws the error that prevents the thread from listening. */
async function startFront(socketPath: string) {
  // The bundle lies next to this file's bundle.
  const thread = new Worker(new URL('front-thread.mjs', import.meta.url), { workerData: { socketPath } });
  const post = (message: MainMessage) => thread.postMessage(message);
  let isStopping = false;
  const ended = once(thread, 'exit').then(([code]) => {
    if (!isStopping) throw new Error(`The front thread ended with code ${code}.`);
  });
  const listening = new Promise<number>((resolve) => {
    thread.on('message', (message: FrontMessage) => {
      if (message.kind === 'listening') resolve(message.port);
      else post({ kind: 'pong', readiness: readiness() });
    });
  });
  const port = (await Promise.race([listening, ended])) as number;
  return {
    port,
    ended,
    async stop(): Promise<void> {
      isStopping = true;
      post({ kind: 'stop' });
      // `ended` has already reported an error of the thread.
      await ended.catch(() => {});
    },
  };
}

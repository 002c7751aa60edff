/** The web server: Next's request handler behind node:http, with limits on slow clients and a stop that lets running requests finish. */
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { env, urlHost } from '#platform/env';
import { trackResponses } from '#platform/page-status';
import { runStopTasks } from '#platform/stop';

const stopLimitMs = 5000;
const drainMs = 200;

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than the 60 s that reverse proxies keep a connection, so that it is never we who close one they are about to use.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Nothing here speaks WebSocket: such requests are answered as ordinary ones.
  shouldUpgradeCallback: () => false,
};

export type RunningServer = { readonly address: string; readonly stop: () => Promise<void> };

/** Serves the built site of `folder` on HOST and PORT. */
export async function startServer(folder: string): Promise<RunningServer> {
  const { host, port } = env();
  trackResponses();
  // Loaded by `require`: Next is CommonJS, and reads NODE_ENV as it loads.
  const next = createRequire(import.meta.url)('next') as typeof import('next').default;
  const site = next({ dev: false, dir: folder, hostname: host, port });
  await site.prepare();
  const handle = site.getRequestHandler();
  const server = createServer(limits, (request, response) => void handle(request, response));
  await listen(server, host, port);
  const stop = async () => {
    await close(server);
    await site.close();
    const errors = await runStopTasks(stopLimitMs);
    for (const error of errors) console.error(error);
  };
  return { address: `http://${urlHost(host)}:${(server.address() as AddressInfo).port}`, stop };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Takes no new connection, lets running requests end, and cuts off what is left after the limit. */
async function close(server: Server): Promise<void> {
  // Requests that were sent before the signal may not have been read yet: a connection counts as idle until then.
  await delay(drainMs);
  return new Promise((resolve) => {
    // A connection becomes idle when its last answer is sent; without this it would hold the stop until its keep-alive ends.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const limit = setTimeout(() => server.closeAllConnections(), stopLimitMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(limit);
      resolve();
    });
  });
}

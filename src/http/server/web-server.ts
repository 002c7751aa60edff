/** node:http as readers meet it: with limits on slow clients, and an end that lets running exchanges finish. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { rejectMalformed } from '#http/guard/reject-malformed.ts';
import { secureResponses } from '#http/guard/security-headers.ts';
import { createConnections, type Handle } from '#http/limits/connections.ts';
import { countedRequests } from '#http/limits/counted-request.ts';

const stopLimitMs = 5000;
const drainMs = 100;
const drainLimitMs = 2000;
const pollMs = 20;
/** A reader that takes nothing for so long is gone: what was made for it is let go. */
const silenceMs = 60_000;

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than the 60 s that reverse proxies keep a connection, so that it is never we who close one they are about to use.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Nothing here speaks WebSocket: such requests are answered as ordinary ones.
  shouldUpgradeCallback: () => false,
};

export type WebServer = { readonly port: number; close(): Promise<void> };
/** `siteUrl` is the address that clients use. */
export type Place = {
  readonly host: string;
  readonly port: number;
  readonly siteUrl: string;
  readonly connectionsMax: number;
};

/** Listens; throws when it cannot. */
export async function openWebServer(
  { host, port, siteUrl, connectionsMax }: Place,
  handle: Handle,
): Promise<WebServer> {
  const connections = createConnections(connectionsMax, handle);
  let [isStopping, count] = [false, 0];
  const refuse = rejectMalformed(siteUrl);
  const classes = { IncomingMessage: countedRequests(refuse), ServerResponse: secureResponses(siteUrl) };
  const server = createServer({ ...limits, ...classes }, (request, response) => {
    count += 1;
    if (isStopping) response.shouldKeepAlive = false;
    connections.take(request, response);
  });
  server.on('clientError', refuse);
  server.on('connection', connections.open);
  server.setTimeout(silenceMs);
  await listen(server, { host, port });
  // A connection that could not be taken, for want of files: the next one can.
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      isStopping = true;
      await close(server, connections.inHand, () => count);
    },
  };
}

function listen(server: Server, { host, port }: Pick<Place, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Lets running exchanges end, and cuts off what is left after the limit. */
async function close(server: Server, inHand: () => number, requestCount: () => number): Promise<void> {
  // Requests that were sent before the signal may not have been read yet: we go on as long as some come in, for a while.
  for (let before = -1, waitedMs = 0; before < requestCount() && waitedMs < drainLimitMs; waitedMs += drainMs) {
    before = requestCount();
    await delay(drainMs);
    await turn();
  }
  // Not the HTTP server's own `close`: it takes answers that are written but not yet sent for idle connections, and cuts them off.
  const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(server, () => resolve()));
  for (let waitedMs = 0; inHand() > 0 && waitedMs < stopLimitMs; waitedMs += pollMs) await delay(pollMs);
  server.closeAllConnections();
  await closed;
}

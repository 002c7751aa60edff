/** The public HTTP server: limits slow clients and shuts down gracefully. */
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
/** A client that receives nothing for this long is gone, and its connection is closed. */
const idleLimitMs = 60_000;

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Reverse proxies keep connections for 60 s. With more, the server never closes one that a proxy is about to use.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // WebSocket is unsupported: such requests get an ordinary response.
  shouldUpgradeCallback: () => false,
};

export type WebServer = { readonly port: number; close(): Promise<void> };
/** `siteUrl` is the address that clients use. */
export type WebServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly siteUrl: string;
  readonly connectionsMax: number;
};

/** Starts to listen. Throws if it cannot. */
export async function openWebServer(
  { host, port, siteUrl, connectionsMax }: WebServerOptions,
  handle: Handle,
): Promise<WebServer> {
  const connections = createConnections(connectionsMax, handle);
  let [isStopping, count] = [false, 0];
  const onMalformed = rejectMalformed(siteUrl);
  const classes = { IncomingMessage: countedRequests(onMalformed), ServerResponse: secureResponses(siteUrl) };
  const server = createServer({ ...limits, ...classes }, (request, response) => {
    count += 1;
    if (isStopping) response.shouldKeepAlive = false;
    connections.add(request, response);
  });
  server.on('clientError', onMalformed);
  server.on('connection', connections.open);
  server.setTimeout(idleLimitMs);
  await listen(server, { host, port });
  // Accepting failed for lack of files. A later connection may succeed.
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      isStopping = true;
      await close(server, connections.pending, () => count);
    },
  };
}

function listen(server: Server, { host, port }: Pick<WebServerOptions, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Waits for running exchanges, then closes the remaining connections at the limit. */
async function close(server: Server, pending: () => number, requestCount: () => number): Promise<void> {
  // Requests sent before the signal may still be unread: continue while some arrive, up to a limit.
  for (let before = -1, waitedMs = 0; before < requestCount() && waitedMs < drainLimitMs; waitedMs += drainMs) {
    before = requestCount();
    await delay(drainMs);
    await turn();
  }
  // The HTTP server's own `close` mistakes unfinished responses for idle connections.
  const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(server, () => resolve()));
  for (let waitedMs = 0; pending() > 0 && waitedMs < stopLimitMs; waitedMs += pollMs) await delay(pollMs);
  server.closeAllConnections();
  await closed;
}

/** A real HTTP server: the page cache in front of an origin server with a test's handler. */
import { createServer, get, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPageCache, type PageCacheOptions } from '#http/cache/page-cache.ts';
import { connectOrigin } from '#http/server/origin-client.ts';
import { createOriginServer, type Handle } from '#http/server/origin-server.ts';
import { aTempFolder } from './temp-store.ts';

export type Received = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };
export type Ask = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

type FrontTest = { readonly handle: Handle; readonly peer?: string; readonly guard?: (handle: Handle) => Handle };

/** `peer` sets the remote address of every connection. `guard` runs before the page cache. */
export async function aFront({ handle, peer, guard = (of) => of, ...options }: Partial<PageCacheOptions> & FrontTest) {
  const socketPath = join(aTempFolder(), 'origin');
  const front = createPageCache({
    revision: () => 1,
    bytesMax: 10_000_000,
    origin: connectOrigin(socketPath),
    ...options,
  });
  const origin = createOriginServer(handle, options.onError);
  const server = createServer((request, response) => void guard(front.handle)(request, response));
  if (peer !== undefined)
    server.on('connection', (socket) => Object.defineProperty(socket, 'remoteAddress', { value: peer }));
  await new Promise<void>((resolve) => origin.listen(socketPath, resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const each of [server, origin]) {
      each.closeAllConnections();
      await new Promise((resolve) => each.close(resolve));
    }
  });
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, { method = 'GET', headers = {} }: Ask = {}): Promise<Received> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      }).on('error', reject);
    });
  return { ...front, ask, port };
}

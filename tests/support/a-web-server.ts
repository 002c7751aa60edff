/** A real web server with the page cache and a test's handler, with clients from several loopback addresses. */
import { once } from 'node:events';
import { request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPageCache, type PageCacheOptions } from '#http/cache/page-cache.ts';
import { connectOrigin } from '#http/server/origin-client.ts';
import { createOriginServer, type Handle } from '#http/server/origin-server.ts';
import { openWebServer } from '#http/server/web-server.ts';
import type { Ask, Received } from './a-front.ts';
import { aTempFolder } from './temp-store.ts';

type Given = Partial<PageCacheOptions> & { readonly handle: Handle; readonly connectionsMax?: number };
type AskFrom = Ask & { readonly from?: string; readonly body?: string };

export async function aWebServer({ handle, connectionsMax = 1000, ...options }: Given) {
  const socketPath = join(aTempFolder(), 'origin');
  const origin = createOriginServer(handle, options.onError);
  await once(origin.listen(socketPath), 'listening');
  const front = createPageCache({
    revision: () => 1,
    bytesMax: 10_000_000,
    origin: connectOrigin(socketPath),
    ...options,
  });
  const server = await openWebServer(
    { host: '127.0.0.1', port: 0, siteUrl: 'http://127.0.0.1', connectionsMax },
    front.handle,
  );
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    origin.closeAllConnections();
    origin.close();
    await server.close();
  });
  return {
    /** Resolves with the whole response. Rejects if there is none. */
    async ask(
      path: string,
      { method = 'GET', headers = {}, from = '127.0.0.1', body }: AskFrom = {},
    ): Promise<Received> {
      const asked = send({
        host: '127.0.0.1',
        port: server.port,
        path,
        method,
        headers,
        localAddress: from,
        agent: false,
      }).end(body);
      const [response] = await once(asked, 'response');
      const chunks = await Array.fromAsync(response as AsyncIterable<Buffer>);
      return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
    },
    /** Opens a connection and sends `text` unchanged. */
    async open(text: string, from = '127.0.0.1'): Promise<Socket> {
      const socket = connect({ host: '127.0.0.1', port: server.port, localAddress: from });
      sockets.push(socket);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(text);
      return socket;
    },
  };
}

/** A handler whose responses wait until the test calls `open`. */
export function heldPages() {
  const asked: string[] = [];
  const held: (() => void)[] = [];
  let isOpen = false;
  return {
    asked,
    handle: (async (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (!isOpen) await new Promise<void>((resolve) => held.push(resolve));
      response.writeHead(200, { 'content-type': 'text/html' }).end(request.url);
    }) satisfies Handle,
    /** Sends the waiting responses, and later ones at once. */
    open(): void {
      isOpen = true;
      for (const resolve of held) resolve();
    },
  };
}

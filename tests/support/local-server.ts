/** An HTTP server on loopback that records its requests. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type ReceivedRequest = { readonly url: URL; readonly headers: IncomingMessage['headers']; readonly atMs: number };
export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};
export type Handler = (url: URL, request: IncomingMessage, response: ServerResponse) => Answer | undefined;

export type LocalServer = {
  readonly origin: string;
  readonly asked: ReceivedRequest[];
  bytesSent(): number;
  close(): Promise<void>;
};

/** A handler returns a response, or writes to the response object and returns nothing. */
export async function startServer(handler: Handler): Promise<LocalServer> {
  const asked: ReceivedRequest[] = [];
  let bytes = 0;
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push({ url, headers: request.headers, atMs: performance.now() });
    const answer = handler(url, request, response);
    if (!answer) return;
    const body = Buffer.from(answer.body ?? '');
    bytes += body.length;
    response.writeHead(answer.status ?? 200, { connection: 'close', ...answer.headers }).end(body);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    bytesSent: () => bytes,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

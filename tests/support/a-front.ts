/** A real server with the front before pages that a test makes, over a real store. */
import { createServer, get, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createFront, type FrontOptions } from '#front/create-front';

export type Received = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };
export type Ask = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

export async function aFront(options: Partial<FrontOptions> & Pick<FrontOptions, 'handle'>) {
  const front = createFront({ revision: () => 1, bytesMax: 10_000_000, ...options });
  const server = createServer((request, response) => void front.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, { method = 'GET', headers = {} }: Ask = {}): Promise<Received> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      }).on('error', reject);
    });
  return { ...front, ask, port };
}

/** Wraps a handler so that it fails on demand, in every way in which servers are known to fail. */
import { gzipSync } from 'node:zlib';
import type { Answer, Handler } from './local-server.ts';

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`).join('')}]><feed>&a8;</feed>`;

const bomb = gzipSync(Buffer.alloc(20_000_000));

/** Faulty responses. `cut` and `slow` need the response object. */
export const misbehaviours = {
  error: (): Answer => ({ status: 500, body: 'Internal Server Error' }),
  'too many': (): Answer => ({ status: 429, headers: { 'retry-after': '0' } }),
  bomb: (): Answer => ({ headers: { 'content-encoding': 'gzip' }, body: bomb }),
  empty: (): Answer => ({ body: '[]' }),
  scalar: (): Answer => ({ body: '1' }),
  status: (): Answer => ({ body: '{"status":"error"}' }),
  laughs: (): Answer => ({ body: laughs }),
  loopback: (): Answer => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }),
  metadata: (): Answer => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } }),
} as const;

export type Misbehaviour = keyof typeof misbehaviours | 'cut' | 'reset' | 'slow';

/** `pick` returns the misbehaviour for a request, or null for a correct response. */
export function withChaos(handler: Handler, pick: () => Misbehaviour | null): Handler {
  return (url, request, response) => {
    const kind = pick();
    if (kind === null) return handler(url, request, response);
    if (kind !== 'cut' && kind !== 'reset' && kind !== 'slow') return misbehaviours[kind]();
    if (kind === 'reset') request.socket.destroy();
    else if (kind === 'cut') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('[{"paper":', () => request.socket.destroy());
    } else setTimeout(() => respond(handler(url, request, response), response), 100);
    return undefined;
  };
}

function respond(faultyResponse: Answer | undefined, response: Parameters<Handler>[2]): void {
  if (faultyResponse && !response.destroyed)
    response
      .writeHead(faultyResponse.status ?? 200, { ...faultyResponse.headers })
      .end(Buffer.from(faultyResponse.body ?? ''));
}

/** Wraps a handler in a server that fails on demand, in every known way. */
import { gzipSync } from 'node:zlib';
import type { Answer, Handler } from './local-server.ts';

const billionLaughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`).join('')}]><feed>&a8;</feed>`;

const bomb = gzipSync(Buffer.alloc(20_000_000));

/** Each replaces the correct response. `cut`, `reset` and `slow` need the socket, see `withChaos`. */
export const misbehaviours = {
  error: (): Answer => ({ status: 500, body: 'Internal Server Error' }),
  'too many': (): Answer => ({ status: 429, headers: { 'retry-after': '0' } }),
  bomb: (): Answer => ({ headers: { 'content-encoding': 'gzip' }, body: bomb }),
  empty: (): Answer => ({ body: '[]' }),
  scalar: (): Answer => ({ body: '1' }),
  status: (): Answer => ({ body: '{"status":"error"}' }),
  laughs: (): Answer => ({ body: billionLaughs }),
  loopback: (): Answer => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }),
  metadata: (): Answer => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } }),
} as const;

export type Misbehaviour = keyof typeof misbehaviours | 'cut' | 'reset' | 'slow';

/** `pick` chooses the misbehaviour of each response; null gives the correct one. */
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

function respond(reply: Answer | undefined, response: Parameters<Handler>[2]): void {
  if (reply && !response.destroyed)
    response.writeHead(reply.status ?? 200, { ...reply.headers }).end(Buffer.from(reply.body ?? ''));
}

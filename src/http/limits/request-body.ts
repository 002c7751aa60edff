/** Reads a request body completely before the request queues, so a slow sender delays nobody. */
import type { IncomingMessage } from 'node:http';
import { clientOf } from '#http/guard/client-address.ts';
import type { Rejection } from '#http/guard/reject-request.ts';
import { type BodyShare, createBodyMemory } from './body-memory.ts';
import { ClientLeft } from './shared-work.ts';

/** Larger than any form or message here. */
const bytesMax = 1_000_000;
/** Limit of all bodies that are being read or wait for their response. */
const totalBytesMax = 32_000_000;

const tooLarge: Rejection = { status: 413, message: 'This is more than any form or message here may have.' };

/** Passes the body, or the rejection, to `use`. */
export type BodyReader = <T>(request: IncomingMessage, use: (body: Buffer | Rejection) => Promise<T>) => Promise<T>;

export function createBodyReader(overload: Rejection): BodyReader {
  const openShare = createBodyMemory(totalBytesMax);
  return async (request, use) => {
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) return await use(tooLarge);
    const share = openShare(clientOf(request));
    try {
      const body = await readWhole(request, share, overload);
      share.end();
      return await use(body);
    } finally {
      share.release();
    }
  };
}

function readWhole(request: IncomingMessage, share: BodyShare, overload: Rejection): Promise<Buffer | Rejection> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const rejectWith = (rejection: Rejection) => {
      request.off('data', append);
      chunks.length = 0;
      request.resume(); // discard the rest, so that the client reads the response
      resolve(rejection);
    };
    const append = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      share.add(chunk.length);
      if (bytes > bytesMax) rejectWith(tooLarge);
    };
    request.on('data', append);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new ClientLeft('The client has left.')));
    void share.dropped.then(() => rejectWith(overload));
  });
}

/** Reads a request body completely before the request queues, so a slow sender delays nobody. */
import type { IncomingMessage } from 'node:http';
import { clientOf } from '#http/guard/client-address.ts';
import type { Rejection } from '#http/guard/reject-request.ts';
import { type BodyShare, createBodyRoom } from './body-memory.ts';
import { ClientLeft } from './shared-work.ts';

/** Larger than any form or message here. */
const bytesMax = 1_000_000;
/** Limit of all bodies that are being read or wait for their response. */
const bytesOfAllMax = 32_000_000;

const tooLarge: Rejection = { status: 413, sentence: 'This is more than any form or message here may have.' };

/** Passes the body, or the rejection, to `use`. */
export type BodyReader = <T>(request: IncomingMessage, use: (body: Buffer | Rejection) => Promise<T>) => Promise<T>;

export function createBodyReader(tooMany: Rejection): BodyReader {
  const openShare = createBodyRoom(bytesOfAllMax);
  return async (request, use) => {
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) return await use(tooLarge);
    const share = openShare(clientOf(request));
    try {
      const body = await readWhole(request, share, tooMany);
      share.end();
      return await use(body);
    } finally {
      share.giveBack();
    }
  };
}

function readWhole(request: IncomingMessage, share: BodyShare, tooMany: Rejection): Promise<Buffer | Rejection> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const refuse = (refusal: Rejection) => {
      request.off('data', take);
      chunks.length = 0;
      request.resume(); // the rest of it is read and thrown away, so that the client gets to read the response
      resolve(refusal);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      share.add(chunk.length);
      if (bytes > bytesMax) refuse(tooLarge);
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new ClientLeft('The client has left.')));
    void share.dropped.then(() => refuse(tooMany));
  });
}

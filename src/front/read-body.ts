/** What a request sends, read whole before it costs anything else: a slow sender keeps nobody waiting. */
import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refuse.ts';

/** More than any form or message here may have. */
const bytesMax = 1_000_000;
/** Of everything that is being sent, or waits for its response, at once. */
const bytesOfAllMax = 32_000_000;

const tooLarge: Refusal = { status: 413, sentence: 'This is more than any form or message here may have.' };

/** Gives the body to `use`, or what it is refused with. */
export type BodyReader = <T>(request: IncomingMessage, use: (body: Buffer | Refusal) => Promise<T>) => Promise<T>;

export function createBodyReader(tooMany: Refusal): BodyReader {
  let bytesOfAll = 0;
  return async (request, use) => {
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) return await use(tooLarge);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (refusal: Refusal) => {
      request.resume(); // the rest of it is read and thrown away, so that the client gets to read the response
      return use(refusal);
    };
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        bytesOfAll += chunk.length;
        if (bytes > bytesMax) return await refuse(tooLarge);
        if (bytesOfAll > bytesOfAllMax) return await refuse(tooMany);
        chunks.push(chunk);
      }
      return await use(Buffer.concat(chunks));
    } finally {
      bytesOfAll -= bytes;
    }
  };
}

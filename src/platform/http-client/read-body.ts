/** Reads and decompresses a response's body, with limits on its size and compression ratio. */
import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { PermanentError } from './errors.ts';

type Sizes = { readonly bodyBytesMax: number; readonly ratioMax: number };

/** Smaller bodies may have any ratio: an empty feed compresses well. */
const ratioFromBytes = 100_000;

/** Calls `onChunk` for every chunk from the wire. Throws a `PermanentError` when a limit is exceeded. */
export async function readBody(
  response: IncomingMessage,
  { bodyBytesMax, ratioMax }: Sizes,
  onChunk: () => void,
): Promise<Uint8Array> {
  const wire = { bytes: 0 };
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of decode(response, wire, onChunk)) {
    bytes += part.length;
    if (bytes > bodyBytesMax) throw new PermanentError(`the answer is larger than ${bodyBytesMax / 1_000_000} MB`);
    if (bytes > ratioFromBytes && bytes > wire.bytes * ratioMax)
      throw new PermanentError(`the answer unpacks to more than ${ratioMax} times its size`);
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}

function decode(response: IncomingMessage, wire: { bytes: number }, onChunk: () => void): AsyncIterable<Buffer> {
  const counted = async function* (source: AsyncIterable<Buffer>) {
    for await (const part of source) {
      wire.bytes += part.length;
      onChunk();
      yield part;
    }
  };
  const decoder = createDecoder(response.headers['content-encoding']);
  if (!decoder) return counted(response);
  // The pipeline destroys the decoder with any error, so the error reaches the loop that reads the decoder.
  return pipeline(response, counted, decoder, () => undefined) as Transform;
}

function createDecoder(encoding = 'identity'): Transform | null {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return null;
  if (name === 'gzip' || name === 'x-gzip') return createGunzip();
  if (name === 'deflate') return createInflate();
  if (name === 'br') return createBrotliDecompress();
  throw new PermanentError(`the answer is packed as ${name.slice(0, 40)}, which was not asked for`);
}

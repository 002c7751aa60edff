/** Rejects bodies in very many tiny chunks: each chunk costs about the same CPU time, whatever its size. */
import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** TCP segments and the chunks of ordinary clients have 1,000 bytes and more. */
const smallBytes = 100;
/** So many chunks take about 10 ms. */
const smallChunksMax = 5000;

/** Returns a class for `createServer`. After the limit it ignores the rest of the current packet. */
export const countedRequests = (
  reject: (error: Error & { readonly code: string }, socket: Socket) => void,
): typeof IncomingMessage =>
  class extends IncomingMessage {
    #smallChunks = 0;

    override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
      if (this.#smallChunks > smallChunksMax) return false;
      if (chunk !== null && chunk.length < smallBytes) this.#smallChunks += 1;
      if (this.#smallChunks <= smallChunksMax) return super.push(chunk, encoding);
      reject(Object.assign(new Error('The body came in too many pieces.'), { code: 'TOO_MANY_PIECES' }), this.socket);
      return false;
    }

    /** Node calls it when the response ends before the request body. The rest is counted too. */
    _dump(): void {
      this.removeAllListeners('data');
      this.resume();
    }
  };

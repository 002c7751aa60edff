/** Requests whose bodies come in a bounded number of small pieces: a piece takes the thread about as long however small it is. */
import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Pieces of TCP and of ordinary clients have a thousand bytes and more. */
const smallBytes = 100;
/** Takes the thread some ten milliseconds. */
const smallPiecesMax = 5000;

/** For `createServer`. A connection with more of them is refused: what comes after them in the same packet is still taken apart, but nothing else. */
export const countedRequests = (
  refuse: (error: Error & { readonly code: string }, socket: Socket) => void,
): typeof IncomingMessage =>
  class extends IncomingMessage {
    #small = 0;

    override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
      if (this.#small > smallPiecesMax) return false;
      if (chunk !== null && chunk.length < smallBytes) this.#small += 1;
      if (this.#small <= smallPiecesMax) return super.push(chunk, encoding);
      refuse(Object.assign(new Error('The body came in too many pieces.'), { code: 'TOO_MANY_PIECES' }), this.socket);
      return false;
    }

    /** Node calls it when the response was sent before the whole request was there. What still comes is counted too. */
    _dump(): void {
      this.removeAllListeners('data');
      this.resume();
    }
  };

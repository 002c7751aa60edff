/** Text sent as it is made, only as fast as it is read; a reader that goes away ends the making. */

import { inExportPlace } from '#http/limits/export-limiter.ts';

/** Not compressed here: Next drops a handler's `content-encoding`, and compresses by itself what it knows to be text. */
export function streamText(parts: AsyncIterable<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await inExportPlace(() => iterator.next());
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

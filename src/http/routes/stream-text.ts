/** Streams text no faster than the client reads. It stops when the client leaves. */

import { inExportPlace } from '#http/limits/export-limiter.ts';

/** Does not compress: Next drops a handler's `content-encoding` and compresses text itself. */
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

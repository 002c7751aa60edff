/** Text sent as it is made, compressed when the reader can take that; a reader that goes away ends the making. */

/** Formats as `application/jsonl` are unknown to the server's own compression, and whole exports are worth it most. */
export function acceptsGzip(request: Request): boolean {
  const accepted = new Map(
    (request.headers.get('accept-encoding') ?? '').split(',').map((part) => {
      const [name = '', quality = '1'] = part.split(/\s*;\s*q\s*=\s*/);
      return [name.trim().toLowerCase(), Number(quality)];
    }),
  );
  return (accepted.get('gzip') ?? accepted.get('*') ?? 0) > 0;
}

/** The parts are asked for only as fast as they are read. */
export function streamText(parts: AsyncIterable<string>, isCompressed: boolean): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return isCompressed ? bytes.pipeThrough(new CompressionStream('gzip')) : bytes;
}

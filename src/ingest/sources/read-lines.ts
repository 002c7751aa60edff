/** Splits a byte stream into numbered lines, decompressing gzip. Reports a line over the limit without buffering it. */

export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Uint8Array }
  | { readonly kind: 'too-long'; readonly number: number }
  /** The end of a chunk. `read`: input bytes consumed so far, before decompression. */
  | { readonly kind: 'chunk'; readonly read: number };

const newline = 10;
/** Decompression runs in another thread. A queue of chunks keeps both threads busy. */
const readAhead = new CountQueuingStrategy({ highWaterMark: 32 });

/** Yields lines from 1. Splits at `\n` bytes only, because U+2028 and other separators occur inside JSON strings. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, lineBytesMax: number): AsyncGenerator<Line> {
  const counter = { read: 0 };
  let reportedBytes = 0;
  let number = 1;
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of decompressed(countBytes(bytes, counter))) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield length + end - start > lineBytesMax
        ? { kind: 'too-long', number }
        : { kind: 'line', number, bytes: join(pending, chunk.subarray(start, end)) };
      number++;
      pending = [];
      length = 0;
      start = end + 1;
    }
    length += chunk.length - start;
    if (length > lineBytesMax) pending = [];
    else if (start < chunk.length) pending.push(chunk.subarray(start));
    if (counter.read > reportedBytes) yield { kind: 'chunk', read: counter.read };
    reportedBytes = counter.read;
  }
  if (length > lineBytesMax) yield { kind: 'too-long', number };
  else if (length > 0) yield { kind: 'line', number, bytes: join(pending, new Uint8Array()) };
}

function join(parts: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return parts.length === 0 ? last : Buffer.concat([...parts, last]);
}

async function* countBytes(bytes: AsyncIterable<Uint8Array>, counter: { read: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    counter.read += chunk.length;
    yield chunk;
  }
}

/** Decompresses the input if it starts with gzip's magic bytes (RFC 1952 § 2.3.1). */
async function* decompressed(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head = await firstBytes(bytes, 2);
  const input = prepend(head, bytes);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzipped(input);
  else yield* input;
}

/** Replaces the stream's error, whose message is not helpful. */
async function* gunzipped(input: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* toStream(input)
      .pipeThrough(new DecompressionStream('gzip'))
      .pipeThrough(new TransformStream({}, undefined, readAhead));
  } catch (error) {
    throw new Error(
      'the gzip file is cut short or damaged; fetch it again, or unpack what is left of it and read that.',
      { cause: error },
    );
  }
}

function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function firstBytes(bytes: AsyncGenerator<Uint8Array>, count: number): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < count) {
    const next = await bytes.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* prepend(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

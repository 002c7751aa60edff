/** Lets Next answer into memory: a request without a client behind it, and a response that keeps what is written. */
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { revisionEvent, trackResponses } from '#platform/page-status';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type CapturedAnswer = {
  readonly status: number;
  readonly headers: Readonly<OutgoingHttpHeaders>;
  readonly body: Buffer<ArrayBuffer>;
  /** The revisions the page said it has read; null for what may be better in a moment. */
  readonly revisions: ReadonlySet<number | null>;
};

export type Asked = { readonly url: string; readonly headers: IncomingMessage['headers'] };

/** Nobody hangs up on it: several readers may wait for the same answer. */
export function captureAnswer(handle: Handle, asked: Asked): Promise<CapturedAnswer> {
  const request = new IncomingMessage(new Socket());
  // Compression and conditional requests are ours: they come after what is kept.
  const { 'accept-encoding': _, 'if-none-match': __, ...headers } = asked.headers;
  request.headers = { host: 'localhost', ...headers };
  request.method = 'GET';
  request.url = asked.url;
  request.complete = true;
  request.push(null);
  const response = new CapturedResponse(request);
  return new Promise((resolve, reject) => {
    response.onEnd = resolve;
    response.onError = reject;
    trackResponses()
      .run(response, () => handle(request, response))
      .catch(reject);
  });
}

class CapturedResponse extends ServerResponse {
  readonly #chunks: Buffer[] = [];
  readonly #revisions = new Set<number | null>();
  onEnd: (answer: CapturedAnswer) => void = () => {};
  onError: (error: Error) => void = () => {};

  constructor(request: IncomingMessage) {
    super(request);
    this.on(revisionEvent, (revision: number | null) => this.#revisions.add(revision));
  }

  /** The head is read at the end: until then it may change. */
  override writeHead(status: number, ...rest: unknown[]): this {
    this.statusCode = status;
    const headers = rest.at(-1);
    if (typeof headers === 'object' && headers !== null && !Array.isArray(headers))
      for (const [name, value] of Object.entries(headers as OutgoingHttpHeaders)) if (value !== undefined) this.setHeader(name, value);
    return this;
  }

  override flushHeaders(): void {}

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    this.#chunks.push(toBuffer(chunk, rest[0]));
    callLast(rest);
    return true;
  }

  override end(...given: unknown[]): this {
    if (this.writableEnded) return this;
    const [chunk, encoding] = given;
    // As a real one does: whoever wraps the response waits for its head.
    this.writeHead(this.statusCode);
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.#chunks.push(toBuffer(chunk, encoding));
    this.finished = true;
    callLast(given);
    process.nextTick(() => {
      this.emit('finish');
      this.emit('close');
      this.onEnd({ status: this.statusCode, headers: this.getHeaders(), body: Buffer.concat(this.#chunks), revisions: this.#revisions });
    });
    return this;
  }

  override destroy(error?: Error): this {
    super.destroy(error);
    if (!this.writableEnded) this.onError(error ?? new Error('The answer broke off.'));
    return this;
  }
}

function toBuffer(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  return Buffer.from(chunk as Uint8Array);
}

function callLast(args: readonly unknown[]): void {
  const last = args.at(-1);
  if (typeof last === 'function') process.nextTick(last as () => void);
}

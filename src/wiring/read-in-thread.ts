/** Parses and tags sources in a worker thread, so that no input blocks this thread, which stores the records. */
import { on } from 'node:events';
import { constants, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { FetchFailure } from '#core/ports/http-client.ts';
import type { FetchContext, FetchEvent } from '#ingest/fetch-source.ts';
import type { FoundEvent } from '#ingest/find-records.ts';
import type {
  FetchTask,
  FileTask,
  ReaderMessage,
  ReaderRequest,
  ReaderTask,
  StoringMessage,
} from '#ingest/reader/reader-messages.ts';
import { SourceRefused } from '#ingest/source.ts';

export type ReaderLimits = {
  /** Many times the longest line. Without a limit V8 would delay garbage collection. */
  readonly heapMb: number;
  /** Over a hundred times what the slowest response takes to parse. */
  readonly silenceMs: number;
};
const defaultLimits: ReaderLimits = { heapMb: 256, silenceMs: 10_000 };

type Events = AsyncGenerator<FetchEvent | FoundEvent>;

/** Yields the events of a file and throws reading errors after them. An early return or the signal ends the thread. */
export async function* readInThread(task: FileTask, signal?: AbortSignal): Events {
  const stream = openStream(task.path);
  const worker = startWorker({ kind: 'file', ...task, path: stream ? '-' : task.path });
  // A thread that ends early closes the pipe, which is no error.
  if (stream && worker.stdin) pipeline(stream, worker.stdin, () => {});
  try {
    yield* readEvents(worker, { signal });
  } finally {
    stream?.destroy();
  }
}

/** Yields the events of a network source. This thread sends the requests, the worker parses the responses. */
export async function* fetchInThread(task: FetchTask, context: FetchContext, limits = defaultLimits): Events {
  const { endpoint, cursor, signal } = context;
  const worker = startWorker({ kind: 'fetch', ...task, endpoint, cursor }, limits.heapMb);
  const host = URL.parse(endpoint)?.host ?? endpoint;
  let failure: { readonly error: unknown } | null = null;
  const fail = (error: unknown) => {
    failure ??= { error };
    void worker.terminate();
  };
  const watchdog = new Watchdog(limits.silenceMs, () =>
    fail(responseFailure(host, `longer than ${limits.silenceMs / 1_000} s`)),
  );
  worker.on('message', (message: ReaderMessage) => {
    if (message.kind !== 'request') return;
    watchdog.setReplying(true);
    replyTo(message.request, context).then((reply) => {
      worker.postMessage({ ...reply, id: message.id } satisfies StoringMessage);
      watchdog.setReplying(false);
    }, fail);
  });
  try {
    yield* readEvents(worker, { signal, onWaiting: watchdog.setWaiting });
  } catch (error) {
    if (failure !== null) throw (failure as { readonly error: unknown }).error;
    if (!isOutOfMemory(error)) throw error;
    throw responseFailure(host, `more than ${limits.heapMb} MB of memory`);
  } finally {
    watchdog.end();
  }
}

type Reply =
  | { readonly kind: 'response'; readonly value: Awaited<ReturnType<FetchContext['get' | 'validatorsOf']>> }
  | Failure;
type Failure = { readonly kind: 'failure'; readonly reason: string; readonly retryAt: string | null };

async function replyTo(request: ReaderRequest, context: FetchContext): Promise<Reply> {
  if (request.kind === 'validators') return { kind: 'response', value: await context.validatorsOf(request.url) };
  try {
    return {
      kind: 'response',
      value: await context.get(new URL(request.url), { ...request.options, signal: context.signal }),
    };
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    return { kind: 'failure', reason: error.message, retryAt: error.retryAt };
  }
}

const responseFailure = (host: string, what: string) =>
  new FetchFailure(`An answer of ${host} takes ${what} to read; it was not taken.`);

function startWorker(workerData: ReaderTask, heapMb = defaultLimits.heapMb): Worker {
  const stdin = workerData.kind === 'file' && workerData.path === '-';
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: heapMb }, stdin };
  // The bundler of the site would try to resolve `new Worker(…)`. The build creates this file.
  return Reflect.construct(Worker, [join(process.cwd(), 'dist', 'ingest-thread.mjs'), options]);
}

/** Opens standard input and named pipes in this thread: a worker that blocks in `read` cannot be terminated. */
function openStream(path: string): Readable | null {
  if (path === '-') return process.stdin;
  if (!statSync(path, { throwIfNoEntry: false })?.isFIFO()) return null;
  return new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
}

type ReadOptions = { readonly signal: AbortSignal | undefined; readonly onWaiting?: (isWaiting: boolean) => void };

async function* readEvents(worker: Worker, { signal, onWaiting }: ReadOptions): Events {
  try {
    const options = { close: ['exit'], ...(signal && { signal }) };
    for await (const [message] of on(worker, 'message', options) as AsyncIterable<[ReaderMessage]>) {
      if (message.kind === 'end') return;
      if (message.kind === 'refused') throw new SourceRefused(message.reason);
      if (message.kind === 'failed') throw new FetchFailure(message.reason, { retryAt: message.retryAt });
      if (message.kind === 'request') continue;
      onWaiting?.(false);
      worker.postMessage({ kind: 'taken' } satisfies StoringMessage);
      yield* JSON.parse(message.events) as (FetchEvent | FoundEvent)[];
      onWaiting?.(true);
    }
    throw new Error('the thread that reads ended early');
  } finally {
    await worker.terminate();
  }
}

/** Calls `onTimeout` if this thread waits and the worker stays silent, although no reply to it is pending. */
class Watchdog {
  readonly #silenceMs: number;
  readonly #onTimeout: () => void;
  #isWaiting = true;
  #pendingReplies = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(silenceMs: number, onTimeout: () => void) {
    this.#silenceMs = silenceMs;
    this.#onTimeout = onTimeout;
  }

  readonly setWaiting = (isWaiting: boolean): void => {
    this.#isWaiting = isWaiting;
    this.#restart();
  };

  setReplying(isReplying: boolean): void {
    this.#pendingReplies += isReplying ? 1 : -1;
    this.#restart();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #restart(): void {
    this.end();
    if (!this.#isWaiting || this.#pendingReplies > 0) return;
    // Timers run before messages in the event loop. The second timer lets a message arrive that was sent in time.
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(this.#onTimeout, 100);
    }, this.#silenceMs);
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

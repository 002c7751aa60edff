/** The line to the search worker: numbered calls with a deadline, and a new worker when one dies or hangs. */
import type { Worker } from 'node:worker_threads';
import { AppError } from '#core/errors.ts';
import {
  type CallMessage,
  type CallName,
  clockMs,
  type SearchCalls,
  type SearchStatus,
  type WorkerMessage,
} from './worker-messages.ts';

export type SearchThread = Pick<Worker, 'on' | 'postMessage' | 'terminate' | 'unref'>;

export type WorkerLinkOptions = {
  readonly startWorker: () => SearchThread;
  readonly onProblem: (message: string) => void;
  readonly onStatus?: (status: SearchStatus) => void;
  /** After this a call is given up. */
  readonly deadlineMs: number;
  /** Before the first replacement of a worker; doubled each time until one gets ready. */
  readonly restartMs: number;
};

type Answer = { readonly value: SearchCalls[CallName]['answer'] } | { readonly error: string };

/** For a worker that died once a new one is awaited this long: it reads the saved index, and what answers without it is slow. */
const replacementMaxMs = 1500;
const restartMaxMs = 30_000;
/** A worker that says nothing for this long while it is asked hangs. */
const silenceMaxMs = 15_000;
const timerMaxMs = 2 ** 31 - 1;

const hasPapers = ({ ready, papers }: SearchStatus): boolean => ready || papers > 0;

export class WorkerLink {
  readonly #options: WorkerLinkOptions;
  /** What to do with the answer to each call; null when the worker is gone. */
  readonly #pending = new Map<number, (answer: Answer | null) => void>();
  #worker: SearchThread | null = null;
  #status: SearchStatus | null = null;
  #calls = 0;
  #unansweredSinceMs: number | null = null;
  #waitMs: number;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** Resolves when the replacement of a worker has papers, or is no longer waited for; null when none is on its way. */
  #awaited: { readonly promise: Promise<void>; readonly end: () => void } | null = null;
  /** Those who wait for a worker to be ready; `true` when it is. */
  readonly #waiting = new Set<(isReady: boolean) => void>();

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
    this.#waitMs = options.restartMs;
    this.#start();
  }

  /** Null until the worker first said anything. */
  get status(): SearchStatus | null {
    return this.#status;
  }

  /** Whether a worker is ready, at the latest after `limitMs`. */
  async whenReady(limitMs: number): Promise<boolean> {
    if (this.#status?.ready || this.#closed) return !this.#closed;
    return new Promise((resolve) => {
      const end = (isReady: boolean) => {
        clearTimeout(limit);
        this.#waiting.delete(end);
        resolve(isReady);
      };
      const limit = setTimeout(end, Math.min(limitMs, timerMaxMs), false);
      this.#waiting.add(end);
    });
  }

  /** The worker's answer; null when there is no worker, nor soon, or it knows nothing yet but papers. Rejects past the deadline. */
  async call<Name extends CallName>(
    name: Name,
    ask: SearchCalls[Name]['ask'],
  ): Promise<SearchCalls[Name]['answer'] | null> {
    // Asked once more of its replacement when the worker dies, and not again: it may be the question that ends it.
    return (await this.#ask(name, ask)) ?? (this.#awaited && (await this.#ask(name, ask)));
  }

  async #ask<Name extends CallName>(
    name: Name,
    ask: SearchCalls[Name]['ask'],
  ): Promise<SearchCalls[Name]['answer'] | null> {
    await this.#awaited?.promise;
    const worker = this.#worker;
    // Searches find what there is; everything else needs all papers.
    if (!worker || (name !== 'search' && !this.#status?.ready)) return null;
    const id = ++this.#calls;
    const untilMs = clockMs() + this.#options.deadlineMs;
    this.#unansweredSinceMs ??= clockMs();
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.#pending.delete(id);
        this.#stopIfHanging(worker);
        reject(new AppError('unavailable', 'The search took too long. Try fewer or rarer words.'));
      }, this.#options.deadlineMs);
      this.#pending.set(id, (answer) => {
        clearTimeout(deadline);
        this.#pending.delete(id);
        if (answer && 'error' in answer) reject(new Error(answer.error));
        else resolve(answer && (answer.value as SearchCalls[Name]['answer']));
      });
      worker.postMessage({ id, name, ask, untilMs } as CallMessage);
    });
  }

  #awaitReplacement(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const limit = setTimeout(() => this.#endWaiting(), replacementMaxMs);
    limit.unref();
    this.#awaited = {
      promise,
      end: () => {
        clearTimeout(limit);
        resolve();
      },
    };
  }

  #endWaiting(): void {
    this.#awaited?.end();
    this.#awaited = null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endWaiting();
    for (const end of [...this.#waiting]) end(false);
    clearTimeout(this.#restart);
    await this.#worker?.terminate();
  }

  #start(): void {
    const worker = this.#options.startWorker();
    // The server's sockets keep the process running; the index alone should not.
    worker.unref();
    this.#worker = worker;
    worker.on('message', (message: WorkerMessage) => this.#onMessage(message));
    worker.on('error', (error) =>
      this.#options.onProblem(`The search worker failed: ${error instanceof Error ? error.stack : error}`),
    );
    worker.on('exit', () => this.#onExit());
  }

  #onMessage(message: WorkerMessage): void {
    this.#unansweredSinceMs = null;
    if ('notice' in message) {
      this.#options.onProblem(message.notice);
      return;
    }
    if (!('status' in message)) {
      this.#pending.get(message.id)?.(message);
      return;
    }
    this.#setStatus(message.status);
    if (hasPapers(message.status)) this.#endWaiting();
    if (!message.status.ready) return;
    this.#waitMs = this.#options.restartMs;
    for (const end of [...this.#waiting]) end(true);
  }

  #setStatus(status: SearchStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #onExit(): void {
    this.#worker = null;
    this.#unansweredSinceMs = null;
    // One that had papers is soon replaced; one that never had any may not be.
    if (this.#status && hasPapers(this.#status) && !this.#closed) this.#awaitReplacement();
    else this.#endWaiting();
    if (this.#status)
      this.#setStatus({
        ...this.#status,
        ready: false,
        papers: 0,
        suggesterRevision: null,
        progress: { ...this.#status.progress, done: 0 },
      });
    for (const settle of [...this.#pending.values()]) settle(null);
    if (this.#closed) return;
    this.#restart = setTimeout(() => this.#start(), this.#waitMs);
    this.#restart.unref();
    this.#waitMs = Math.min(restartMaxMs, this.#waitMs * 2);
  }

  #stopIfHanging(worker: SearchThread): void {
    const isSilent = this.#unansweredSinceMs !== null && clockMs() - this.#unansweredSinceMs >= silenceMaxMs;
    if (!isSilent || worker !== this.#worker) return;
    this.#options.onProblem('The search worker hangs and is replaced.');
    void worker.terminate();
  }
}

/** The search in SQL in a thread of its own, so that no page waits for another's: started when it is asked, ended when it takes too long. */
import { AppError } from '#core/errors';
import type { PaperSearch, SearchResult } from '#core/ports';
import type { SearchThread } from './worker-link.ts';
import { type CallMessage, clockMs, type WorkerMessage } from './worker-messages.ts';

export type SqlThreadOptions = {
  readonly startThread: () => SearchThread;
  /** After this the thread is ended, and with it every search that waits in it. */
  readonly deadlineMs?: number;
  /** A thread that nothing is asked of for this long is ended. */
  readonly idleMs?: number;
};

type Running = { readonly thread: SearchThread; readonly pending: Map<number, (answer: SearchResult | Error) => void> };

export function createSqlThread({ startThread, deadlineMs = 10_000, idleMs = 30_000 }: SqlThreadOptions): PaperSearch & {
  close(): Promise<void>;
} {
  let running: Running | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let calls = 0;

  const end = async ({ thread, pending }: Running): Promise<void> => {
    if (running?.thread === thread) running = null;
    for (const settle of [...pending.values()]) settle(tooLong());
    await thread.terminate();
  };
  const start = (): Running => {
    const [thread, pending]: [SearchThread, Running['pending']] = [startThread(), new Map()];
    const started = { thread, pending };
    thread.unref();
    thread.on('message', (message: WorkerMessage) => {
      if ('id' in message) pending.get(message.id)?.('error' in message ? new Error(message.error) : (message.value as SearchResult));
    });
    thread.on('error', (error) => {
      for (const settle of [...pending.values()]) settle(error instanceof Error ? error : new Error(String(error)));
    });
    thread.on('exit', () => void end(started));
    return started;
  };

  return {
    search(ask) {
      running ??= start();
      const asked = running;
      const id = ++calls;
      clearTimeout(idle);
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => void end(asked), deadlineMs);
        asked.pending.set(id, (answer) => {
          clearTimeout(deadline);
          asked.pending.delete(id);
          if (asked.pending.size === 0) idle = setTimeout(() => void end(asked), idleMs).unref();
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        });
        asked.thread.postMessage({ id, name: 'search', ask, untilMs: clockMs() + deadlineMs } satisfies CallMessage);
      });
    },
    async close() {
      clearTimeout(idle);
      if (running) await end(running);
    },
  };
}

const tooLong = (): AppError =>
  new AppError('unavailable', 'The search took too long while the index is being made. Try again in a moment, or with rarer words.');

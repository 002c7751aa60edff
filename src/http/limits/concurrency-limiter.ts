/** Limits how many pages render at once. The rest waits in a bounded queue that serves the clients round robin. */
import { createGroups } from './client-groups.ts';

/** A `write` waits for the store's lock or for mail, an `export` starts a download. Neither may block the pages. */
export type Kind = 'page' | 'write' | 'export';

export type Work = {
  readonly kind: Kind;
  /** Never rejects. */
  readonly run: () => Promise<void>;
  /** Called when the queue is full and this client, which has the most requests in it, loses this work. */
  readonly dropFor: (client: string) => void;
};

export type LimiterOptions = {
  readonly slots: number;
  /** After this time a task frees its slot early. It is then waiting for I/O, so the CPU can render the next page. */
  readonly slotTimeoutMs: number;
  /** Limit of running tasks of each kind, with or without a slot. */
  readonly runningMax: Readonly<Record<Kind, number>>;
  readonly queueMax: number;
};

export type Limiter = ReturnType<typeof createConcurrencyLimiter>;

export function createConcurrencyLimiter({ slots, slotTimeoutMs, runningMax, queueMax }: LimiterOptions) {
  const queue = createGroups<Work>();
  const running: Record<Kind, number> = { page: 0, write: 0, export: 0 };
  let slotsInUse = 0;

  const start = (work: Work): void => {
    let hasSlot = true;
    slotsInUse += 1;
    running[work.kind] += 1;
    const releaseSlot = () => {
      if (hasSlot) slotsInUse -= 1;
      hasSlot = false;
    };
    const timeout = setTimeout(() => {
      releaseSlot();
      startNext();
    }, slotTimeoutMs);
    void work.run().finally(() => {
      clearTimeout(timeout);
      releaseSlot();
      running[work.kind] -= 1;
      startNext();
    });
  };

  const startNext = (): void => {
    while (slotsInUse < slots) {
      const next = queue.takeNext(({ kind }) => running[kind] < runningMax[kind]);
      if (!next) return;
      start(next);
    }
  };

  return {
    waiting: queue.size,
    /** Queues the work for a client. Several clients may wait for the same work: it runs once. */
    add(client: string, work: Work): void {
      queue.add(client, work);
      startNext();
      if (queue.size() <= queueMax) return;
      const loser = queue.clientWithMost(client);
      const newest = [...queue.of(loser)].at(-1);
      if (!newest) return;
      queue.remove(loser, newest);
      newest.dropFor(loser);
    },
    /** Removes the work from a client's queue. */
    remove(client: string, work: Work): void {
      queue.remove(client, work);
    },
  };
}

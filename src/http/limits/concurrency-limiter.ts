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
  readonly atOnce: number;
  /** After this time a task frees its slot early. It is then waiting for I/O, so the CPU can render the next page. */
  readonly patienceMs: number;
  /** Limit of running tasks of each kind, with or without a slot. */
  readonly runningMax: Readonly<Record<Kind, number>>;
  readonly waitingMax: number;
};

export type Limiter = ReturnType<typeof createConcurrencyLimiter>;

export function createConcurrencyLimiter({ atOnce, patienceMs, runningMax, waitingMax }: LimiterOptions) {
  const queue = createGroups<Work>();
  const running: Record<Kind, number> = { page: 0, write: 0, export: 0 };
  let busy = 0;

  const start = (work: Work): void => {
    let holdsPlace = true;
    busy += 1;
    running[work.kind] += 1;
    const givePlaceBack = () => {
      if (holdsPlace) busy -= 1;
      holdsPlace = false;
    };
    const limit = setTimeout(() => {
      givePlaceBack();
      startNext();
    }, patienceMs);
    void work.run().finally(() => {
      clearTimeout(limit);
      givePlaceBack();
      running[work.kind] -= 1;
      startNext();
    });
  };

  const startNext = (): void => {
    while (busy < atOnce) {
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
      if (queue.size() <= waitingMax) return;
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

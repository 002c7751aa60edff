/** Lets only so much be rendered at once. The rest waits in a bounded queue that serves one request of each client in turn. */
import { createGroups } from './client-groups.ts';

/** `write` waits for the store's write lock and for mails, `export` is what begins an export: neither may take all places of the pages. */
export type Kind = 'page' | 'write' | 'export';

export type Work = {
  readonly kind: Kind;
  /** Never rejects. */
  readonly run: () => Promise<void>;
  /** Told that the queue was full and this client, which had most requests in it, loses this one. */
  readonly dropFor: (client: string) => void;
};

export type LimiterOptions = {
  readonly atOnce: number;
  /** What takes longer waits for something itself: the next work begins beside it. */
  readonly patienceMs: number;
  /** However long it waits, no more of a kind runs at once. */
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
    /** Runs the work when it is this client's turn. The same work may wait for several clients: it runs once, for the first of them. */
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
    /** The client no longer waits for it. */
    remove(client: string, work: Work): void {
      queue.remove(client, work);
    },
  };
}

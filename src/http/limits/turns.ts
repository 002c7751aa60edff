/** Limits how much work starts in one turn of the event loop. The rest follows in later turns, clients round robin. */
import { createGroups } from './client-groups.ts';

export type Turns = {
  start(client: string, work: () => void): void;
  /** Makes the next turn short. */
  shortenNext(): void;
};

type Options = { readonly perTurn: number; readonly perShortTurn: number };

export function createTurns({ perTurn, perShortTurn }: Options): Turns {
  const waiting = createGroups<{ readonly client: string; readonly work: () => void }>();
  let [started, startedMax, isNextShort] = [0, perTurn, false];

  const start = (client: string, work: () => void): void => {
    if (started === 0) setImmediate(nextTurn);
    if (started < startedMax) {
      started += 1;
      work();
    } else {
      waiting.add(client, { client, work });
    }
  };

  const nextTurn = (): void => {
    [started, startedMax, isNextShort] = [0, isNextShort ? perShortTurn : perTurn, false];
    while (waiting.size() > 0 && started < startedMax) {
      const next = waiting.takeNext();
      if (next) start(next.client, next.work);
    }
  };

  return {
    start,
    shortenNext() {
      isNextShort = true;
    },
  };
}

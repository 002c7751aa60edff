/** Limits how much work starts in one turn of the event loop. The rest follows in later turns, clients round robin. */
import { createGroups } from './client-groups.ts';

export type Turns = {
  takeUp(client: string, work: () => void): void;
  /** Makes the next turn short. */
  hurry(): void;
};

type Options = { readonly perTurn: number; readonly perShortTurn: number };

export function createTurns({ perTurn, perShortTurn }: Options): Turns {
  const waiting = createGroups<{ readonly client: string; readonly work: () => void }>();
  let [taken, most, isHurried] = [0, perTurn, false];

  const takeUp = (client: string, work: () => void): void => {
    if (taken === 0) setImmediate(nextTurn);
    if (taken < most) {
      taken += 1;
      work();
    } else {
      waiting.add(client, { client, work });
    }
  };

  const nextTurn = (): void => {
    [taken, most, isHurried] = [0, isHurried ? perShortTurn : perTurn, false];
    while (waiting.size() > 0 && taken < most) {
      const next = waiting.takeNext();
      if (next) takeUp(next.client, next.work);
    }
  };

  return {
    takeUp,
    hurry() {
      isHurried = true;
    },
  };
}

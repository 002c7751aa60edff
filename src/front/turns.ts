/** Takes up only so much in one turn of the event loop; the rest waits for the next turns, one thing of each client after the other. */
import { createGroups } from './groups.ts';

export type TakeUp = (client: string, work: () => void) => void;

export function createTurns(perTurn: number): TakeUp {
  const waiting = createGroups<{ readonly client: string; readonly work: () => void }>();
  let taken = 0;

  const takeUp: TakeUp = (client, work) => {
    if (taken === 0) setImmediate(nextTurn);
    if (taken === perTurn) return waiting.add(client, { client, work });
    taken += 1;
    work();
  };

  const nextTurn = (): void => {
    taken = 0;
    while (waiting.size() > 0 && taken < perTurn) {
      const next = waiting.takeNext();
      if (next) takeUp(next.client, next.work);
    }
  };

  return takeUp;
}

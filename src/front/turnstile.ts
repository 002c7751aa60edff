/** Lets only so many pages be made at once: between them whoever asks for something small is answered. */

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** The rest waits, first come, first served; what takes longer than `patienceMs` waits itself for something, and lets the next one in. */
export function createTurnstile(most: number, patienceMs = Number.POSITIVE_INFINITY): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    let hasPlace = true;
    const leave = () => {
      if (!hasPlace) return;
      hasPlace = false;
      const next = waiting.shift();
      // Whoever is next takes the place over, in a turn of the event loop of its own.
      if (next) setImmediate(next);
      else running--;
    };
    const limit = Number.isFinite(patienceMs) ? setTimeout(leave, patienceMs) : undefined;
    try {
      return await work();
    } finally {
      clearTimeout(limit);
      leave();
    }
  };
}

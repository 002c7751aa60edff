/** How often a server may be asked: at most `limit` starts in any `windowMs`, counted by a store that several processes can share. */

/** `{ limit: 1, windowMs: 3000 }` is one request in three seconds; the window slides. */
export type Pace = { readonly limit: number; readonly windowMs: number };

export type PaceStore = {
  /**
   * 0: the request may start now, and is counted. Else the milliseconds to wait before asking again; nothing is counted then. Reading and
   * counting must be one transaction.
   */
  reserve(key: string, pace: Pace): Promise<number>;
};

/** The decision itself: `starts` are the counted starts, earliest first, of which those to keep are given back. */
export function reserveStart(
  starts: readonly number[],
  { limit, windowMs }: Pace,
  nowMs: number,
): { readonly waitMs: number; readonly starts: readonly number[] } {
  // A clock that was set back must not lock a server for hours: starts in the future count as now.
  const recent = starts.map((start) => Math.min(start, nowMs)).filter((start) => start > nowMs - windowMs);
  const blocking = recent.at(-limit);
  if (blocking !== undefined) return { waitMs: blocking + windowMs - nowMs, starts: recent };
  return { waitMs: 0, starts: [...recent, nowMs] };
}

/** For tests, and for a process that is alone. */
export function createMemoryPaceStore(nowMs: () => number): PaceStore {
  const startsOf = new Map<string, readonly number[]>();
  return {
    reserve: async (key, pace) => {
      const { waitMs, starts } = reserveStart(startsOf.get(key) ?? [], pace, nowMs());
      startsOf.set(key, starts);
      return waitMs;
    },
  };
}

/** Rate limit per server: at most `limit` starts in any `windowMs`, counted in a store that processes can share. */

/** `{ limit: 1, windowMs: 3000 }` allows one request in 3 s. The window slides. */
export type Pace = { readonly limit: number; readonly windowMs: number };

export type PaceStore = {
  /**
   * Returns 0 and counts the request if it may start now. Otherwise returns the delay in ms and counts nothing.
   * Must read and count in one transaction.
   */
  reserve(key: string, pace: Pace): Promise<number>;
};

/** Decides by the counted `starts`, earliest first. Returns the delay in ms and the starts to store. */
export function reserveStart(
  starts: readonly number[],
  { limit, windowMs }: Pace,
  nowMs: number,
): { readonly waitMs: number; readonly starts: readonly number[] } {
  // After the clock was set back, starts in the future count as now, so they do not block a server for hours.
  const recent = starts.map((start) => Math.min(start, nowMs)).filter((start) => start > nowMs - windowMs);
  const blocking = recent.at(-limit);
  if (blocking !== undefined) return { waitMs: blocking + windowMs - nowMs, starts: recent };
  return { waitMs: 0, starts: [...recent, nowMs] };
}

/** For tests and for a single process. */
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

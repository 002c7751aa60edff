/** The time and the waiting of this process: handed to whatever needs them, so that tests have their own. */
import { setTimeout as sleep } from 'node:timers/promises';

export type Clock = {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Rejects when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  wait: async (ms, signal) => {
    await sleep(ms, undefined, signal ? { signal } : {});
  },
};

/** ISO 8601 in UTC. */
export function isoNow(clock: Clock = systemClock): string {
  return toIso(clock.nowMs());
}

export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

/** `Thu, 01 Jan 1970 00:00:11 GMT` in milliseconds since 1970, or null. */
export function parseHttpDate(text: string): number | null {
  const time = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** The clock of this process. Code takes it as a parameter, so that tests can replace it. */
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

/** Parses an HTTP date (RFC 9110 § 5.6.7) into milliseconds since 1970; null if it is invalid. */
export function parseHttpDate(text: string): number | null {
  const time = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

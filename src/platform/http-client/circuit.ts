/** A circuit breaker per server: after several failures in a row it blocks requests, each time for longer. */
import { restMsMax } from '#core/ports/fetching.ts';

export type Circuit = {
  /** Returns when the circuit allows requests again, in ms since 1970; null if it allows them now. */
  openUntil(key: string): number | null;
  succeeded(key: string): void;
  /** `untilMs`: the server's own `Retry-After`, in ms since 1970. */
  failed(key: string, untilMs?: number): void;
};

const failuresMax = 3;
const firstOpenMs = 60_000;
const openMsMax = 30 * 60_000;

export function createCircuit(nowMs: () => number): Circuit {
  const states = new Map<string, { readonly failures: number; readonly untilMs: number }>();
  return {
    openUntil: (key) => {
      const [until, now] = [states.get(key)?.untilMs ?? 0, nowMs()];
      return until > now && until <= now + restMsMax ? until : null;
    },
    succeeded: (key) => {
      states.delete(key);
    },
    failed: (key, retryAtMs = 0) => {
      const failures = (states.get(key)?.failures ?? 0) + 1;
      const openMs = failures < failuresMax ? 0 : Math.min(openMsMax, firstOpenMs * 2 ** (failures - failuresMax));
      states.set(key, { failures, untilMs: Math.max(Math.min(retryAtMs, nowMs() + restMsMax), nowMs() + openMs) });
    },
  };
}

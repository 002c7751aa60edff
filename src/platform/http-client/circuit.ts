/** A circuit per server: after several requests in a row that came to nothing it is left alone for a while, each time longer. */
import { restMsMax } from '#core/ports/fetching.ts';

export type Circuit = {
  /** Until when the server is left alone, in ms since 1970; null when it may be asked. */
  openUntil(key: string): number | null;
  succeeded(key: string): void;
  /** `untilMs`: the server itself said when to come back. */
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

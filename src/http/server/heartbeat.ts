/** Whether the main thread responds: it is pinged all the time, so that a health check waits for nothing. */
import type { Readiness } from '#platform/readiness.ts';

export const pingEveryMs = 250;
/** The main thread responds to a ping within this time, or it hangs. Pages and garbage collection take up to 0.3 s. */
const pongWithinMs = 1000;

export type Heartbeat = {
  /** Call it every `pingEveryMs`. */
  tick(): void;
  pong(readiness: Readiness): void;
  isAlive(): boolean;
  /** How many ticks in a row went by without a pong. Ticks, since a machine that was suspended skips them. */
  silentTicks(): number;
  /** What the main thread said last; null before it said anything. */
  readiness(): Readiness | null;
};

export function createHeartbeat(ping: () => void, nowMs: () => number = () => performance.now()): Heartbeat {
  let sentAtMs: number | null = null;
  let tickedAtMs = nowMs();
  let silentTicks = 0;
  let last: Readiness | null = null;
  return {
    tick() {
      const now = nowMs();
      const wasSuspended = now - tickedAtMs > pongWithinMs;
      tickedAtMs = now;
      silentTicks = sentAtMs === null ? 0 : silentTicks + 1;
      if (sentAtMs === null) ping();
      if (sentAtMs === null || wasSuspended) sentAtMs = now;
    },
    pong(readiness) {
      sentAtMs = null;
      silentTicks = 0;
      last = readiness;
    },
    isAlive: () => sentAtMs === null || nowMs() - sentAtMs <= pongWithinMs,
    silentTicks: () => silentTicks,
    readiness: () => last,
  };
}

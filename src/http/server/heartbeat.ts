/** Pings the main thread all the time, so that a health check responds at once. */
import type { Readiness } from '#platform/readiness.ts';

export const pingEveryMs = 250;
/** Without a pong within this time the main thread hangs. Pages and garbage collection take up to 0.3 s. */
const pongWithinMs = 1000;

export type Heartbeat = {
  /** Call it every `pingEveryMs`. */
  tick(): void;
  pong(readiness: Readiness): void;
  isAlive(): boolean;
  /** Consecutive ticks without a pong. Ticks do not count time in which the machine was suspended. */
  silentTicks(): number;
  /** The latest report of the main thread; null before the first one. */
  readiness(): Readiness | null;
};

export function createHeartbeat(ping: () => void, nowMs: () => number = () => performance.now()): Heartbeat {
  let sentAtMs: number | null = null;
  let tickedAtMs = nowMs();
  let silentTicks = 0;
  let latest: Readiness | null = null;
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
      latest = readiness;
    },
    isAlive: () => sentAtMs === null || nowMs() - sentAtMs <= pongWithinMs,
    silentTicks: () => silentTicks,
    readiness: () => latest,
  };
}

/** Several fake clocks with a common time that a test advances. A frozen clock imitates a killed or sleeping process. */
import type { Clock } from '#platform/clock.ts';

type Waiting = { readonly atMs: number; readonly owner: object; done(): void };

export function createFakeTime(startMs = Date.parse('2025-12-16T08:00:00Z')) {
  let now = startMs;
  let waiting: Waiting[] = [];
  const frozen = new Set<object>();

  function aClock(): Clock & { freeze(): void; thaw(): void } {
    const owner = {};
    return {
      nowMs: () => now,
      wait: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          const one = { atMs: now + ms, owner, done: resolve };
          waiting.push(one);
          signal?.addEventListener('abort', () => {
            waiting = waiting.filter((other) => other !== one);
            reject(signal.reason);
          });
        }),
      freeze: () => void frozen.add(owner),
      thaw: () => void frozen.delete(owner),
    };
  }

  /** Advances the time and runs the timers in order. */
  async function pass(ms: number): Promise<void> {
    const endMs = now + ms;
    for (;;) {
      await settle();
      const [next] = waiting
        .filter(({ owner, atMs }) => atMs <= endMs && !frozen.has(owner))
        .sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      now = Math.max(now, next.atMs);
      waiting = waiting.filter((one) => one !== next);
      next.done();
    }
    now = endMs;
  }

  /** Changes the wall-clock time, forward or back. Timers keep their remaining time. */
  function jump(ms: number): void {
    now += ms;
    waiting = waiting.map((one) => ({ ...one, atMs: one.atMs + ms }));
  }

  return { aClock, pass, jump, nowMs: () => now };
}

/** Runs pending callbacks that do not depend on the time. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

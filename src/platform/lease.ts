/** Runs work under the ingest lease: acquires, renews and releases it. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { Lease } from '#core/ports/fetching.ts';
import type { Clock } from './clock.ts';

const renewEveryMs = 8_000;
const pollEveryMs = 1_000;

export type LeasePorts = {
  /** `check` runs inside transactions, so it is synchronous. */
  readonly lease: AsyncPort<Omit<Lease, 'check'>> & Pick<Lease, 'check'>;
  readonly clock: Clock;
  /** Called once per wait while another process holds the lease; `untilMs`: when that lease expires, ms since 1970. */
  readonly onWait?: (untilMs: number) => void;
  readonly signal?: AbortSignal;
};

/** The lease during the work. It expires while the machine sleeps or the process is paused. */
export type HeldLease = {
  /** Throws if another process took over the lease. Every write transaction calls it. */
  check(): void;
  /** Resolves when the work may write. If the lease expired, `withLease` acquires it again and `tryLease` rejects. */
  ready(): Promise<void>;
};

/** Waits for the lease, then runs `work`. */
export async function withLease<T>(ports: LeasePorts, work: (heldLease: HeldLease) => Promise<T>): Promise<T> {
  return runWithLease(ports, { token: await waitFor(ports), reacquire: () => waitFor(ports) }, work);
}

/** Runs `work` if the lease is free; returns null if another process holds it. Never waits for the lease. */
export async function tryLease<T>(ports: LeasePorts, work: (heldLease: HeldLease) => Promise<T>): Promise<T | null> {
  const token = await ports.lease.acquire(ports.clock.nowMs());
  return token === null ? null : runWithLease(ports, { token, reacquire: null }, work);
}

async function waitFor({ lease, clock, onWait, signal }: LeasePorts): Promise<number> {
  let token = await lease.acquire(clock.nowMs());
  if (token === null) onWait?.((await lease.heldUntil(clock.nowMs())) ?? clock.nowMs());
  while (token === null) {
    await clock.wait(pollEveryMs, signal);
    token = await lease.acquire(clock.nowMs());
  }
  return token;
}

type Held = { token: number; readonly reacquire: (() => Promise<number>) | null };

async function runWithLease<T>(
  { lease, clock }: LeasePorts,
  held: Held,
  work: (heldLease: HeldLease) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const check = () => lease.check(held.token);
  const ready = async () => {
    if (held.reacquire !== null && !(await lease.isHeldBy(held.token))) held.token = await held.reacquire();
    check();
  };
  const renewing = keepRenewing(() => lease.renew(held.token, clock.nowMs()), clock, end.signal);
  try {
    return await work({ check, ready });
  } finally {
    end.abort();
    await renewing;
    // A lease that cannot be released expires. The work is done either way.
    await Promise.resolve(lease.release(held.token)).catch(() => {});
  }
}

async function keepRenewing(renew: () => unknown, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const isDue = await clock.wait(renewEveryMs, signal).then(
      () => true,
      () => false, // Only the end of the work aborts the wait.
    );
    if (!isDue) return;
    try {
      await renew();
    } catch {
      // If the store is busy, the next renewal is in time. If the lease is lost, the next write fails in `check`.
    }
  }
}

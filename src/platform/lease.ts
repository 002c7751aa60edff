/** Holds the lease to ingest while something runs: waits for it, renews it, gives it back. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { Lease } from '#core/ports/fetching.ts';
import type { Clock } from './clock.ts';

const renewEveryMs = 8_000;
const askAgainMs = 1_000;

export type LeasePorts = {
  /** `check` is asked inside transactions: it alone answers at once. */
  readonly lease: AsyncPort<Omit<Lease, 'check'>> & Pick<Lease, 'check'>;
  readonly clock: Clock;
  /** Called when somebody else holds the lease, once each time it is waited for, with the time until when, ms since 1970. */
  readonly onWait?: (untilMs: number) => void;
  readonly signal?: AbortSignal;
};

/** The lease in the hands of a piece of work. A machine that slept, or a process that was stopped, finds it lost. */
export type HeldLease = {
  /** Throws when another process has taken over: every writing transaction asks. */
  check(): void;
  /** Resolves when the work may write: waits for the lease again where `withLease` gave it, rejects where `tryLease` did. */
  ready(): Promise<void>;
};

/** Runs `work` once the lease is free. */
export async function withLease<T>(ports: LeasePorts, work: (hold: HeldLease) => Promise<T>): Promise<T> {
  return holding(ports, { token: await waitFor(ports), again: () => waitFor(ports) }, work);
}

/** The same, but answers null at once when somebody else holds the lease, and does not wait for one that was lost. */
export async function tryLease<T>(ports: LeasePorts, work: (hold: HeldLease) => Promise<T>): Promise<T | null> {
  const token = await ports.lease.acquire(ports.clock.nowMs());
  return token === null ? null : holding(ports, { token, again: null }, work);
}

async function waitFor({ lease, clock, onWait, signal }: LeasePorts): Promise<number> {
  let token = await lease.acquire(clock.nowMs());
  if (token === null) onWait?.((await lease.heldUntil(clock.nowMs())) ?? clock.nowMs());
  while (token === null) {
    await clock.wait(askAgainMs, signal);
    token = await lease.acquire(clock.nowMs());
  }
  return token;
}

type Held = { token: number; readonly again: (() => Promise<number>) | null };

async function holding<T>({ lease, clock }: LeasePorts, held: Held, work: (hold: HeldLease) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const check = () => lease.check(held.token);
  const ready = async () => {
    if (held.again !== null && !(await lease.isHeldBy(held.token))) held.token = await held.again();
    check();
  };
  const renewing = keepRenewing(() => lease.renew(held.token, clock.nowMs()), clock, end.signal);
  try {
    return await work({ check, ready });
  } finally {
    end.abort();
    await renewing;
    // One that cannot be given back ends by itself, and what the work did stays done.
    await Promise.resolve(lease.release(held.token)).catch(() => {});
  }
}

async function keepRenewing(renew: () => unknown, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const isTime = await clock.wait(renewEveryMs, signal).then(
      () => true,
      () => false, // rejected by the end of the work alone
    );
    if (!isTime) return;
    try {
      await renew();
    } catch {
      // A store that is busy now is asked again in time; a lease that was lost shows itself in the next write.
    }
  }
}

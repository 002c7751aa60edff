/** Holds the lease to ingest while something runs: waits for it, renews it, gives it back. */
import type { Lease } from '#core/fetching';
import type { Clock } from './clock.ts';

const renewEveryMs = 8_000;
const askAgainMs = 1_000;

export type HoldPorts = {
  readonly lease: Lease;
  readonly clock: Clock;
  /** Called once when somebody else holds the lease, with the time until when, ms since 1970. */
  readonly onWait?: (untilMs: number) => void;
  readonly signal?: AbortSignal;
};

/** Runs `work` with the lease's token once it is free; `work`'s writes must check the token. */
export async function withLease<T>({ lease, clock, onWait, signal }: HoldPorts, work: (token: number) => Promise<T>): Promise<T> {
  let token = lease.acquire(clock.nowMs());
  if (token === null) onWait?.(lease.heldUntil(clock.nowMs()) ?? clock.nowMs());
  while (token === null) {
    await clock.wait(askAgainMs, signal);
    token = lease.acquire(clock.nowMs());
  }
  return holding(lease, clock, token, work);
}

/** The same, but answers null at once when somebody else holds the lease. */
export async function tryLease<T>({ lease, clock }: HoldPorts, work: (token: number) => Promise<T>): Promise<T | null> {
  const token = lease.acquire(clock.nowMs());
  return token === null ? null : holding(lease, clock, token, work);
}

async function holding<T>(lease: Lease, clock: Clock, token: number, work: (token: number) => Promise<T>): Promise<T> {
  const renewal = setInterval(() => lease.renew(token, clock.nowMs()), renewEveryMs);
  renewal.unref();
  try {
    return await work(token);
  } finally {
    clearInterval(renewal);
    lease.release(token);
  }
}

/** Ports for the state of fetches, the health of sources and the ingest lease. */
import { addDays, type Day } from '#core/day.ts';
import type { Validators } from './http-client.ts';

/** Times are ISO 8601 in UTC, or null if the event never happened. */
export type SourceHealth = {
  readonly name: string;
  readonly askedAt: string | null;
  readonly answeredAt: string | null;
  /** The newest day for which the source returned papers. */
  readonly latestDay: Day | null;
  /** Message of the last failure. Null since the last success. */
  readonly failure: string | null;
  readonly nextTryAt: string | null;
};

/** Maximum pause between requests to a server, whatever its `Retry-After` or the clock says. */
export const restMsMax = 7 * 86_400_000;

/**
 * Returns when the source may be requested again, or null if now. A time beyond the maximum pause was written by a
 * clock that has since been set back.
 */
export function restsUntil(health: SourceHealth | null, now: string): string | null {
  const until = health?.nextTryAt ?? null;
  const restMs = Date.parse(until ?? now) - Date.parse(now);
  return restMs > 0 && restMs <= restMsMax ? until : null;
}

/** Returns `latestDay`, or null if it lies more than a day ahead: the clock was wrong when it was stored. */
export function believableDay(latestDay: Day | null, now: string): Day | null {
  return latestDay !== null && latestDay <= addDays(now.slice(0, 10) as Day, 1) ? latestDay : null;
}

export type RequestedDay = { readonly day: Day; readonly items: number | null; readonly reason: string | null };

export type FetchState = {
  validatorsOf(url: string): Promise<Validators | null>;
  /** Cursor of an interrupted run of the job. Null for a new run. */
  cursorOf(job: string): string | null;
  /** `cursor` is null when the job is complete. */
  checkpoint(
    job: string,
    cursor: string | null,
    seen: readonly { readonly url: string; readonly validators: Validators }[],
  ): void;
  dayAsked(source: string, day: RequestedDay, at: string): void;
  asked(source: string, at: string): void;
  answered(source: string, at: string, latestDay: Day | null): void;
  failed(source: string, sentence: string, nextTryAt: string | null): void;
  /** Sets the text that pages show about the source. A new text raises the store's revision. */
  tell(source: string, told: string): void;
  healthOf(source: string): SourceHealth | null;
};

/** The lease to ingest. Its holder renews it, and every writing transaction checks its fencing `token`. */
export type Lease = {
  /** Returns the fencing token, or null while another process holds the lease. */
  acquire(nowMs: number): number | null;
  /** Returns false if the lease was lost. */
  renew(token: number, nowMs: number): boolean;
  release(token: number): void;
  isHeldBy(token: number): boolean;
  /** Throws inside a transaction if the token is no longer current. */
  check(token: number): void;
  /** Returns when the lease expires, in ms since 1970. Null if it is free. */
  heldUntil(nowMs: number): number | null;
};

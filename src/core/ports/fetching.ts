/** What a fetch remembers in the store, and what is known of a source's health. */
import { addDays, type Day } from '#core/day.ts';
import type { Validators } from './http-client.ts';

/** Times are ISO 8601 in UTC; null when it never happened. */
export type SourceHealth = {
  readonly name: string;
  readonly askedAt: string | null;
  readonly answeredAt: string | null;
  /** The newest day it gave papers for. */
  readonly latestDay: Day | null;
  /** The last failure's sentence; null since the last success. */
  readonly failure: string | null;
  readonly nextTryAt: string | null;
};

/** A server is left alone for no longer than this, whatever it said and whatever the clock has been. */
export const restMsMax = 7 * 86_400_000;

/** Until when a source is left alone; null when it may be asked. A time further ahead was noted by a clock that has been set back since. */
export function restsUntil(health: SourceHealth | null, now: string): string | null {
  const until = health?.nextTryAt ?? null;
  const restMs = Date.parse(until ?? now) - Date.parse(now);
  return restMs > 0 && restMs <= restMsMax ? until : null;
}

/** The newest day that a source can have given papers for by now: a later one was never listed, or the clock has been set back since. */
export function believableDay(latestDay: Day | null, now: string): Day | null {
  return latestDay !== null && latestDay <= addDays(now.slice(0, 10) as Day, 1) ? latestDay : null;
}

export type RequestedDay = { readonly day: Day; readonly items: number | null; readonly reason: string | null };

export type FetchState = {
  validatorsOf(url: string): Promise<Validators | null>;
  /** Where an interrupted run of the job goes on; null for a new one. */
  cursorOf(job: string): string | null;
  /** `cursor` null: the job came to its end. */
  checkpoint(
    job: string,
    cursor: string | null,
    seen: readonly { readonly url: string; readonly validators: Validators }[],
  ): void;
  dayAsked(source: string, day: RequestedDay, at: string): void;
  asked(source: string, at: string): void;
  answered(source: string, at: string, latestDay: Day | null): void;
  failed(source: string, sentence: string, nextTryAt: string | null): void;
  /** What pages say of the source from now on, as a text: a change of it, by time alone too, raises the store's revision. */
  tell(source: string, told: string): void;
  healthOf(source: string): SourceHealth | null;
};

/** The right to ingest, for as long as it is renewed; `token` is checked in every writing transaction. */
export type Lease = {
  /** The lease's token, or null while somebody else holds it. */
  acquire(nowMs: number): number | null;
  /** False when it was lost. */
  renew(token: number, nowMs: number): boolean;
  release(token: number): void;
  isHeldBy(token: number): boolean;
  /** Throws inside a transaction when the token is no longer the lease's. */
  check(token: number): void;
  /** Until when somebody holds it, ms since 1970; null when it is free. */
  heldUntil(nowMs: number): number | null;
};

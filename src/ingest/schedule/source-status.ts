/** Status of the sources for the status page, and explanations of days without papers. */
import { addDays, type Day } from '#core/day.ts';
import { believableDay, restsUntil, type SourceHealth } from '#core/ports/fetching.ts';
import { type CalendarName, explainMissingBatch, freshnessOf } from './listing-calendar.ts';

/** `everyMs`: interval of automatic fetches; null if the source is fetched manually. */
export type StatusContext = { readonly now: string; readonly everyMs: number | null };

/** Returns a source's state. `at` is when the next batch is expected, or since when one is overdue. */
export function toSourceStatus(name: string, health: SourceHealth | null, { now, everyMs }: StatusContext) {
  if (everyMs === null) return { name, health, state: 'manual' as const, at: null, reason: health?.failure ?? null };
  const state = freshnessOf(calendarOf(name), toFreshnessInput(health, now));
  const at = 'next' in state ? state.next : 'since' in state ? state.since : nextSlot(state.nextTry, now, everyMs);
  return { name, health, state: state.state, at, reason: 'reason' in state ? state.reason : null };
}

/** Converts a source's health to the input of `freshnessOf`. */
export function toFreshnessInput(health: SourceHealth | null, now: string) {
  if (health === null) return { now, lastSuccess: null, latestDay: null, failure: null };
  const { answeredAt, failure, askedAt } = health;
  return {
    now,
    // A success in the future comes from a clock that was set back since. It does not cancel a failure.
    lastSuccess: failure !== null && answeredAt !== null && answeredAt > now ? null : answeredAt,
    latestDay: believableDay(health.latestDay, now),
    failure: failure === null ? null : { at: askedAt ?? now, reason: failure, nextTry: restsUntil(health, now) },
  };
}

/** Returns the next fetch of a failed source: the first time slot after now and after `retryAt`. */
function nextSlot(retryAt: string | null, now: string, everyMs: number): string {
  const earliestMs = Math.max(Date.parse(now) + 1, Date.parse(retryAt ?? now));
  return new Date(Math.ceil(earliestMs / everyMs) * everyMs).toISOString();
}

const calendarOf = (name: string): CalendarName => (name.startsWith('arxiv') ? 'arxiv' : 'hf');

export type EmptyDay = { readonly source: string; readonly day: Day; readonly reason: string | null };

const explainedDays = 14;

/** Returns the fetched days without papers, and the recent days on which the `sources` publish nothing. */
export function explainEmptyDays(
  fetchedDays: readonly (EmptyDay & { readonly items: number })[],
  sources: readonly string[],
  today: Day,
): EmptyDay[] {
  const known = new Set(fetchedDays.map(({ source, day }) => `${source} ${day}`));
  const recent = Array.from({ length: explainedDays }, (_, i) => addDays(today, -i));
  const quiet = sources.flatMap((source) =>
    recent.flatMap((day) => {
      const reason = known.has(`${source} ${day}`) ? null : explainMissingBatch(calendarOf(source), day);
      return reason === null ? [] : [{ source, day, reason }];
    }),
  );
  const empty = fetchedDays
    .filter((day) => day.items === 0)
    .map(({ source, day, reason }) => ({ source, day, reason }));
  return [...empty, ...quiet].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.source < b.source ? -1 : 1));
}

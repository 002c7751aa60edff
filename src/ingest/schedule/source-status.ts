/** What can truly be said of a source now, and of the days on which it had no papers. */
import { addDays, type Day } from '#core/day.ts';
import { believableDay, restsUntil, type SourceHealth } from '#core/ports/fetching.ts';
import { type CalendarName, explainMissingBatch, freshnessOf } from './listing-calendar.ts';

/** `everyMs`: how often it is asked by itself; null when it is asked by hand only, and then nothing is expected of it. */
export type StatusContext = { readonly now: string; readonly everyMs: number | null };

/** A source's state in the words of the status page; `at` is when something is expected next, or missing since. */
export function toSourceStatus(name: string, health: SourceHealth | null, { now, everyMs }: StatusContext) {
  if (everyMs === null) return { name, health, state: 'manual' as const, at: null, reason: health?.failure ?? null };
  const state = freshnessOf(calendarOf(name), toFacts(health, now));
  const at = 'next' in state ? state.next : 'since' in state ? state.since : nextSlot(state.nextTry, now, everyMs);
  return { name, health, state: state.state, at, reason: 'reason' in state ? state.reason : null };
}

/** What the calendar needs to know of a source. */
export function toFacts(health: SourceHealth | null, now: string) {
  if (health === null) return { now, lastSuccess: null, latestDay: null, failure: null };
  const { answeredAt, failure, askedAt } = health;
  return {
    now,
    // An answer later than now was noted by a clock that has been set back since: it does not outweigh a failure.
    lastSuccess: failure !== null && answeredAt !== null && answeredAt > now ? null : answeredAt,
    latestDay: believableDay(health.latestDay, now),
    failure: failure === null ? null : { at: askedAt ?? now, reason: failure, nextTry: restsUntil(health, now) },
  };
}

/** A failed source is asked in the next time slot, or in the first one after the time its server asked for. */
function nextSlot(askedForAt: string | null, now: string, everyMs: number): string {
  const earliestMs = Math.max(Date.parse(now) + 1, Date.parse(askedForAt ?? now));
  return new Date(Math.ceil(earliestMs / everyMs) * everyMs).toISOString();
}

const calendarOf = (name: string): CalendarName => (name.startsWith('arxiv') ? 'arxiv' : 'hf');

export type EmptyDay = { readonly source: string; readonly day: Day; readonly reason: string | null };

const explainedDays = 14;

/** The days of the last weeks on which nothing is published, for sources that are asked by themselves, beside those that came back empty. */
export function explainEmptyDays(
  asked: readonly (EmptyDay & { readonly items: number })[],
  sources: readonly string[],
  today: Day,
): EmptyDay[] {
  const known = new Set(asked.map(({ source, day }) => `${source} ${day}`));
  const recent = Array.from({ length: explainedDays }, (_, i) => addDays(today, -i));
  const quiet = sources.flatMap((source) =>
    recent.flatMap((day) => {
      const reason = known.has(`${source} ${day}`) ? null : explainMissingBatch(calendarOf(source), day);
      return reason === null ? [] : [{ source, day, reason }];
    }),
  );
  const empty = asked.filter((day) => day.items === 0).map(({ source, day, reason }) => ({ source, day, reason }));
  return [...empty, ...quiet].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.source < b.source ? -1 : 1));
}

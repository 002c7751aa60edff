/** Calendars of the sources: when they publish, and how fresh a source is at a given time. */
import { addDays, type Day, isListingDay, parseDay, parseInstant, toDay, toInstant, weekday } from '#core/day.ts';
import { easternDay, easternTime } from '#core/eastern-time.ts';
import { isArxivHoliday } from './arxiv-holidays.ts';

export type CalendarName = 'hf' | 'arxiv';

/** The papers of a listing day. They appear between `opensAt` and `dueBy`, both Unix times in ms. */
export type Batch = { readonly day: Day; readonly opensAt: number; readonly dueBy: number };

type Calendar = {
  /** Returns the listing day that is current at a time, with or without a batch. */
  dayAt(timeMs: number): Day;
  opensAt(day: Day): number;
  dueBy(day: Day): number;
  /** Returns why a day has no batch; null if it has one. */
  explainNoBatch(day: Day): string | null;
};

const hourMs = 3_600_000;
/** Longer than any run of days without a batch. */
const searchDays = 30;

/** Hugging Face's days are UTC days. On 404 of 405 recorded days the first paper came by noon. */
const hf: Calendar = {
  dayAt: toDay,
  opensAt: (day) => parseInstant(`${day}T00:00:00Z`) ?? 0,
  dueBy: (day) => hf.opensAt(day) + 12 * hourMs,
  explainNoBatch: (day) => (weekday(day) > 5 ? 'Hugging Face lists no papers on Saturdays and Sundays.' : null),
};

/**
 * arXiv announces at 20:00 Eastern Time, Sunday to Thursday, and lists the papers under the next day.
 * Its feeds follow at midnight. It announces nothing on the evening of a holiday.
 * Source: https://info.arxiv.org/help/availability.html
 */
const arxiv: Calendar = {
  dayAt: (timeMs) => easternDay(timeMs + 4 * hourMs),
  opensAt: (day) => easternTime(addDays(day, -1), 20),
  dueBy: (day) => easternTime(day, 6),
  explainNoBatch: (day) => {
    if (weekday(day) > 5) return 'arXiv announces no papers on Friday and Saturday evenings.';
    return isArxivHoliday(addDays(day, -1)) ? 'arXiv announced no papers on the evening before, a holiday.' : null;
  },
};

const calendars: Readonly<Record<CalendarName, Calendar>> = { hf, arxiv };

/** Returns why a source lists no papers on a day; null if it should, or if no listing can have that day. */
export function explainMissingBatch(name: CalendarName, day: Day): string | null {
  return isListingDay(day) ? calendars[name].explainNoBatch(day) : null;
}

/** Returns the batch of a day, else the nearest earlier (`-1`) or later (`1`) one. */
export function batchOn(name: CalendarName, day: Day, step: 1 | -1): Batch {
  const calendar = calendars[name];
  let found = day;
  for (let i = 0; i < searchDays && calendar.explainNoBatch(found) !== null; i++) found = addDays(found, step);
  return { day: found, opensAt: calendar.opensAt(found), dueBy: calendar.dueBy(found) };
}

/**
 * Returns the listing day of a paper submitted at a time. Batches close at 14:00 Eastern Time on working days.
 * Null if the time is invalid or outside the years of listings.
 */
export function announcementDay(submittedAt: string): Day | null {
  const timeMs = parseInstant(submittedAt);
  const submittedOn = parseDay(submittedAt.slice(0, 10));
  if (timeMs === null || submittedOn === null || !isListingDay(submittedOn)) return null;
  let batch = batchOn('arxiv', easternDay(timeMs), 1);
  for (let i = 0; i < searchDays && closesAt(batch.day) < timeMs; i++)
    batch = batchOn('arxiv', addDays(batch.day, 1), 1);
  return batch.day;
}

/** Monday's batch, which arXiv announces on Sunday evening, closes on Friday. */
function closesAt(day: Day): number {
  return easternTime(addDays(day, weekday(day) === 1 ? -3 : -1), 14);
}

export type FreshnessInput = {
  /** Times are ISO 8601 in UTC. */
  readonly now: string;
  /** Last successful response of the source. */
  readonly lastSuccess: string | null;
  /** Newest listing day with papers. */
  readonly latestDay: Day | null;
  readonly failure: { readonly at: string; readonly reason: string; readonly nextTry: string | null } | null;
};

export type SourceState =
  /** The newest batch is stored. The next one is expected at `next`. */
  | { readonly state: 'fresh'; readonly next: string }
  /** The newest batch is due by `next`; null if the source was never fetched. */
  | { readonly state: 'waiting'; readonly next: string | null }
  /** The newest batch is stored, and none is expected today. */
  | { readonly state: 'quiet'; readonly reason: string; readonly next: string }
  /** A batch is overdue since `since`. */
  | { readonly state: 'stalled'; readonly since: string }
  | { readonly state: 'failed'; readonly reason: string; readonly nextTry: string | null };

/** Returns the state of a source. A failure takes precedence over the calendar until the next success. */
export function freshnessOf(name: CalendarName, { now, lastSuccess, latestDay, failure }: FreshnessInput): SourceState {
  if (failure && (lastSuccess === null || failure.at > lastSuccess))
    return { state: 'failed', reason: failure.reason, nextTry: failure.nextTry };
  if (lastSuccess === null) return { state: 'waiting', next: null };
  const nowMs = parseInstant(now) ?? 0;
  const today = calendars[name].dayAt(nowMs);
  const latest = batchOn(name, today, -1);
  if (latestDay !== null && latestDay >= latest.day) {
    const next = toInstant(batchOn(name, addDays(latest.day, 1), 1).opensAt);
    const reason = explainMissingBatch(name, today);
    return reason === null ? { state: 'fresh', next } : { state: 'quiet', reason, next };
  }
  // The oldest missing batch is the one that is overdue. An empty store misses only the latest batch.
  const missing = latestDay === null ? latest : batchOn(name, addDays(latestDay, 1), 1);
  return missing.dueBy > nowMs
    ? { state: 'waiting', next: toInstant(missing.dueBy) }
    : { state: 'stalled', since: toInstant(missing.dueBy) };
}

/** When sources publish, and what that says of a source's state: pure functions of days and times. */
import { addDays, type Day, isListingDay, parseDay, parseInstant, toDay, toInstant, weekday } from '#core/day.ts';
import { easternDay, easternTime } from '#core/eastern-time.ts';
import { isArxivHoliday } from './arxiv-holidays.ts';

export type CalendarName = 'hf' | 'arxiv';

/** The papers of one listing day: from when they can be there, and by when they always are. Times in ms since 1970. */
export type Batch = { readonly day: Day; readonly opensAt: number; readonly dueBy: number };

type Calendar = {
  /** The listing day that is current at a time, whether it has a batch or not. */
  dayAt(timeMs: number): Day;
  opensAt(day: Day): number;
  dueBy(day: Day): number;
  /** Why a day has no batch; null when it has one. */
  whyNone(day: Day): string | null;
};

const hourMs = 3_600_000;
/** Longer than any run of days without a batch. */
const searchDays = 30;

/** Hugging Face's days are UTC's. Of 405 recorded days the first paper came by noon on all but one. */
const hf: Calendar = {
  dayAt: toDay,
  opensAt: (day) => parseInstant(`${day}T00:00:00Z`) ?? 0,
  dueBy: (day) => hf.opensAt(day) + 12 * hourMs,
  whyNone: (day) => (weekday(day) > 5 ? 'Hugging Face lists no papers on Saturdays and Sundays.' : null),
};

/**
 * arXiv announces at 20:00 Eastern time from Sunday to Thursday what is listed under the next day; its feeds follow at midnight. There is
 * no announcement on the evening of a holiday.
 */
const arxiv: Calendar = {
  dayAt: (timeMs) => easternDay(timeMs + 4 * hourMs),
  opensAt: (day) => easternTime(addDays(day, -1), 20),
  dueBy: (day) => easternTime(day, 6),
  whyNone: (day) => {
    if (weekday(day) > 5) return 'arXiv announces no papers on Friday and Saturday evenings.';
    return isArxivHoliday(addDays(day, -1)) ? 'arXiv announced no papers on the evening before, a holiday.' : null;
  },
};

const calendars: Readonly<Record<CalendarName, Calendar>> = { hf, arxiv };

/** Why a source lists no papers under a day; null when it should, and for a day that no listing can have. */
export function explainMissingBatch(name: CalendarName, day: Day): string | null {
  return isListingDay(day) ? calendars[name].whyNone(day) : null;
}

/** The batch of a day, or the nearest one before (`-1`) or after (`1`) it. */
export function batchOn(name: CalendarName, day: Day, step: 1 | -1): Batch {
  const calendar = calendars[name];
  let found = day;
  for (let i = 0; i < searchDays && calendar.whyNone(found) !== null; i++) found = addDays(found, step);
  return { day: found, opensAt: calendar.opensAt(found), dueBy: calendar.dueBy(found) };
}

/**
 * The listing day under which arXiv announces what was submitted at a time: batches close at 14:00 Eastern time on working days. Null for
 * what is no time, and for one that lies in no year of listings.
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

/** Monday's batch, announced on Sunday evening, closes on Friday. */
function closesAt(day: Day): number {
  return easternTime(addDays(day, weekday(day) === 1 ? -3 : -1), 14);
}

export type SourceFacts = {
  /** Times are ISO 8601 in UTC. */
  readonly now: string;
  /** When the source last answered. */
  readonly lastSuccess: string | null;
  /** The newest listing day it gave papers for. */
  readonly latestDay: Day | null;
  readonly failure: { readonly at: string; readonly reason: string; readonly nextTry: string | null } | null;
};

export type SourceState =
  /** The newest batch is here; the next is expected at `next`. */
  | { readonly state: 'fresh'; readonly next: string }
  /** The newest batch may come at any moment, at the latest by `next`; null when the source was never asked. */
  | { readonly state: 'waiting'; readonly next: string | null }
  /** Everything is here, and today there is nothing to expect. */
  | { readonly state: 'quiet'; readonly reason: string; readonly next: string }
  /** A batch should be here since `since` and is not. */
  | { readonly state: 'stalled'; readonly since: string }
  | { readonly state: 'failed'; readonly reason: string; readonly nextTry: string | null };

/** What can truly be said of a source now. A failure outweighs the calendar until the source answers again. */
export function freshnessOf(name: CalendarName, { now, lastSuccess, latestDay, failure }: SourceFacts): SourceState {
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
  // The first batch that is missing tells since when; a store that has nothing yet misses the latest only.
  const missing = latestDay === null ? latest : batchOn(name, addDays(latestDay, 1), 1);
  return missing.dueBy > nowMs
    ? { state: 'waiting', next: toInstant(missing.dueBy) }
    : { state: 'stalled', since: toInstant(missing.dueBy) };
}

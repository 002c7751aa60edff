/** Schedules of digests: weekdays and an hour in a time zone. */
import { z } from 'zod';
import { addDays, type Day, weekday } from './day.ts';
import { parseTimeZone, zonedDay, zonedTime } from './zoned-time.ts';

export const ScheduleSchema = z.object({
  /** ISO weekdays in order: 1 is Monday, 7 is Sunday. */
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .transform((days) => [...new Set(days)].sort((a, b) => a - b))
    .readonly(),
  hour: z.int().min(0).max(23),
  timeZone: z.string().transform((text, context) => {
    const zone = parseTimeZone(text);
    if (zone !== null) return zone;
    context.addIssue('there is no such time zone');
    return z.NEVER;
  }),
});
export type Schedule = Readonly<z.infer<typeof ScheduleSchema>>;

/** A slot of a schedule: its day in the subscriber's calendar, and its time in ms since 1970. */
export type Slot = { readonly day: Day; readonly atMs: number };

/** Returns the first slot after `timeMs`. */
export function nextSlot(schedule: Schedule, timeMs: number): Slot {
  return slotFrom(schedule, addDays(zonedDay(schedule.timeZone, timeMs), -1), {
    step: 1,
    matches: (atMs) => atMs > timeMs,
  });
}

/** Returns the last slot at or before `timeMs`. */
export function latestSlot(schedule: Schedule, timeMs: number): Slot {
  return slotFrom(schedule, addDays(zonedDay(schedule.timeZone, timeMs), 1), {
    step: -1,
    matches: (atMs) => atMs <= timeMs,
  });
}

type Search = { readonly step: 1 | -1; readonly matches: (atMs: number) => boolean };

/** Two weeks contain each weekday twice. The first may be too early. */
const searchDaysMax = 15;

function slotFrom({ weekdays, hour, timeZone }: Schedule, start: Day, { step, matches }: Search): Slot {
  for (let tried = 0; tried < searchDaysMax; tried++) {
    const day = addDays(start, tried * step);
    if (!weekdays.includes(weekday(day))) continue;
    const atMs = zonedTime(timeZone, day, hour);
    if (matches(atMs)) return { day, atMs };
  }
  throw new RangeError('a schedule without a weekday');
}

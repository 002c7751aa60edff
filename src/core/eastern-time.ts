/** Converts to and from New York time, which arXiv uses. */
import type { Day } from './day.ts';
import { zonedDay, zonedTime } from './zoned-time.ts';

const zone = 'America/New_York';

/** Returns the day in New York at a time in ms since 1970. */
export function easternDay(timeMs: number): Day {
  return zonedDay(zone, timeMs);
}

/** Returns the time of `hour` o'clock on `day` in New York, in ms since 1970. See `zonedTime` for daylight saving. */
export function easternTime(day: Day, hour: number): number {
  return zonedTime(zone, day, hour);
}

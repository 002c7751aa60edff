/** Time on the clocks of New York, by which arXiv lives. */
import type { Day } from './day.ts';
import { zonedDay, zonedTime } from './zoned-time.ts';

const zone = 'America/New_York';

/** The day on New York's calendar at a time in milliseconds since 1970. */
export function easternDay(timeMs: number): Day {
  return zonedDay(zone, timeMs);
}

/** When New York's clocks show `hour` o'clock on `day`, in milliseconds since 1970; see `zonedTime` for the hours of change. */
export function easternTime(day: Day, hour: number): number {
  return zonedTime(zone, day, hour);
}

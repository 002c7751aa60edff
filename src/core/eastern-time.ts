/** Time on the clocks of New York, by which arXiv lives: from there to UTC and back, daylight saving included. */
import { type Day, parseInstant, toDay } from './day.ts';

const minuteMs = 60_000;
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' });

/** How far New York's clocks are from UTC at a time: negative, as they are behind. */
function offsetMs(timeMs: number): number {
  const shown = parseInstant(`${clock.format(timeMs).replace(' ', 'T')}Z`) ?? timeMs;
  return shown - Math.floor(timeMs / 1000) * 1000;
}

/** The day on New York's calendar at a time in milliseconds since 1970. */
export function easternDay(timeMs: number): Day {
  return toDay(timeMs + offsetMs(timeMs));
}

/**
 * When New York's clocks show `hour` o'clock on `day`, in milliseconds since 1970. The hour that is skipped in spring is the one after it,
 * of the hour that comes twice in autumn the first is meant.
 */
export function easternTime(day: Day, hour: number): number {
  const shown = (parseInstant(`${day}T00:00:00Z`) ?? 0) + hour * 60 * minuteMs;
  const earlier = shown - offsetMs(shown - 24 * 60 * minuteMs);
  // Around a change the offset before it may be wrong for the time itself.
  return earlier + offsetMs(earlier) === shown ? earlier : shown - offsetMs(earlier);
}

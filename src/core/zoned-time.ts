/** Time on the clocks of a place: from there to UTC and back, daylight saving included. */
import { type Day, parseInstant, toDay } from './day.ts';

const hourMs = 3_600_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** The name as the time zone database has it, `Europe/Berlin`; null when there is no such zone. */
export function parseTimeZone(text: string): string | null {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(text)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null; // the engine throws for names it does not know: that is the answer
  }
}

/** How far the clocks of a zone are ahead of UTC at a time. */
function offsetMs(timeZone: string, timeMs: number): number {
  const shown = parseInstant(`${clockOf(timeZone).format(timeMs).replace(' ', 'T')}Z`) ?? timeMs;
  return shown - Math.floor(timeMs / 1000) * 1000;
}

/** The day on the calendars of a zone at a time in milliseconds since 1970. */
export function zonedDay(timeZone: string, timeMs: number): Day {
  return toDay(timeMs + offsetMs(timeZone, timeMs));
}

/**
 * When the clocks of a zone show `hour` o'clock on `day`, in milliseconds since 1970. Of an hour that comes twice the first is meant;
 * for one that is skipped, the hour after it.
 */
export function zonedTime(timeZone: string, day: Day, hour: number): number {
  const shown = (parseInstant(`${day}T00:00:00Z`) ?? 0) + hour * hourMs;
  const isShownAt = (timeMs: number) => timeMs + offsetMs(timeZone, timeMs) === shown;
  // The zone's offset before and after a change that may lie near.
  const before = shown - offsetMs(timeZone, shown - 24 * hourMs);
  const after = shown - offsetMs(timeZone, shown + 24 * hourMs);
  return !isShownAt(before) && isShownAt(after) ? after : before;
}

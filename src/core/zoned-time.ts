/** Converts between time zones and UTC, including daylight saving. */
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

/** Returns the canonical zone name (`Europe/Berlin`), or null for an unknown zone. */
export function parseTimeZone(text: string): string | null {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(text)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null; // Intl throws for an unknown zone.
  }
}

/** Returns the offset of a zone from UTC at a time, in ms. */
function offsetMs(timeZone: string, timeMs: number): number {
  const shown = parseInstant(`${clockOf(timeZone).format(timeMs).replace(' ', 'T')}Z`) ?? timeMs;
  return shown - Math.floor(timeMs / 1000) * 1000;
}

/** Returns the day in a zone at a time in ms since 1970. */
export function zonedDay(timeZone: string, timeMs: number): Day {
  return toDay(timeMs + offsetMs(timeZone, timeMs));
}

/**
 * Returns the time of `hour` o'clock on `day` in a zone, in ms since 1970.
 * An hour that occurs twice means the first. A skipped hour means the hour after it.
 */
export function zonedTime(timeZone: string, day: Day, hour: number): number {
  const shown = (parseInstant(`${day}T00:00:00Z`) ?? 0) + hour * hourMs;
  const isShownAt = (timeMs: number) => timeMs + offsetMs(timeZone, timeMs) === shown;
  // The zone's offsets before and after a possible change.
  const before = shown - offsetMs(timeZone, shown - 24 * hourMs);
  const after = shown - offsetMs(timeZone, shown + 24 * hourMs);
  return !isShownAt(before) && isShownAt(after) ? after : before;
}

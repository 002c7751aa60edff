/** Evenings without an arXiv announcement: its published list of the year, else computed by rule. */
import { addDays, type Day, parseDay, weekday } from '#core/day.ts';

/** Month and day, as arXiv published them for the year. */
const published: Readonly<Record<string, readonly string[]>> = {
  '2026': ['01-01', '01-19', '06-19', '07-03', '09-07', '11-26', '12-25', '12-29', '12-31'],
};

export function isArxivHoliday(day: Day): boolean {
  const year = day.slice(0, 4);
  const known = published[year];
  return known ? known.includes(day.slice(5)) : computeHolidays(year).includes(day);
}

function computeHolidays(year: string): readonly Day[] {
  const fixed = ['01-01', '06-19', '07-04', '12-25', '12-31'].flatMap((date) => parseDay(`${year}-${date}`) ?? []);
  // arXiv moves only Independence Day from a weekend to the nearest working day.
  const fixedObserved = fixed.map((day) => (day.endsWith('07-04') ? observed(day) : day));
  const floating = [
    nthWeekday(`${year}-01-01`, 1, 3),
    nthWeekday(`${year}-09-01`, 1, 1),
    nthWeekday(`${year}-11-01`, 4, 4),
  ];
  return [...fixedObserved, ...floating.flatMap((day) => day ?? [])];
}

function observed(day: Day): Day {
  if (weekday(day) === 6) return addDays(day, -1);
  return weekday(day) === 7 ? addDays(day, 1) : day;
}

/** Returns the `n`th given weekday (1 is Monday) of the month that begins on `first`. */
function nthWeekday(first: string, isoWeekday: number, n: number): Day | null {
  const day = parseDay(first);
  return day && addDays(day, ((isoWeekday - weekday(day) + 7) % 7) + (n - 1) * 7);
}

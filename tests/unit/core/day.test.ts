/** Days, weeks and months of the years 1 to 9999, compared with an independent calculation without `Date`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  allDays,
  type Day,
  daysBetween,
  eachDay,
  isoWeek,
  monthOf,
  parseDay,
  parseInstant,
  parsePeriod,
  toDay,
  weekday,
} from '#core/day.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number) =>
  [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
const partsOf = (day: string) => day.split('-').map(Number) as [number, number, number];
const write = (year: number, month: number, date: number) =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}` as Day;

function dayAfter(day: Day): Day {
  const [year, month, date] = partsOf(day);
  if (date < lengthOf(year, month)) return write(year, month, date + 1);
  return month < 12 ? write(year, month + 1, 1) : write(year + 1, 1, 1);
}

function dayBefore(day: Day): Day {
  const [year, month, date] = partsOf(day);
  if (date > 1) return write(year, month, date - 1);
  return month > 1 ? write(year, month - 1, lengthOf(year, month - 1)) : write(year - 1, 12, 31);
}

/** Sakamoto's method, with Sunday as 7. */
function weekdayOf(day: Day): number {
  const [given, month, date] = partsOf(day);
  const year = month < 3 ? given - 1 : given;
  const table = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  return (
    (year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + (table[month - 1] ?? 0) + date) %
      7 || 7
  );
}

/** An ISO week belongs to the year of its Thursday. Its number counts that year's Thursdays. */
function weekOf(day: Day): string {
  let thursday = day;
  while (weekdayOf(thursday) !== 4) thursday = weekdayOf(thursday) < 4 ? dayAfter(thursday) : dayBefore(thursday);
  const [year, month, date] = partsOf(thursday);
  const before = Array.from({ length: month - 1 }, (_, i) => lengthOf(year, i + 1)).reduce(
    (sum, days) => sum + days,
    0,
  );
  return `${String(year).padStart(4, '0')}-W${String(Math.ceil((before + date) / 7)).padStart(2, '0')}`;
}

/** Random days that favour years of two and three digits and the ends of years. */
const year = fc.oneof(
  fc.integer({ min: 1, max: 9999 }),
  fc.integer({ min: 1, max: 110 }),
  fc.integer({ min: 1890, max: 2210 }),
  fc.constantFrom(9998, 9999),
);
const month = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 12));
const someDay = fc
  .tuple(year, month, fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constantFrom(1, 28, 29, 30, 31)))
  .map(([y, m, d]) => write(y, m, Math.min(d, lengthOf(y, m))));
const runs = { numRuns: propertyRuns(3_000) };

describe('a day', () => {
  it('is valid only if the calendar has it', () => {
    fc.assert(
      fc.property(year, fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 33 }), (y, m, d) => {
        expect(parseDay(write(y, m, d)) !== null).toBe(m >= 1 && m <= 12 && d >= 1 && d <= lengthOf(y, m));
      }),
      runs,
    );
  });

  it('has the right next and previous day', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        if (day < allDays.to) expect(addDays(day, 1)).toBe(dayAfter(day));
        if (day > '0001-01-01') expect(addDays(day, -1)).toBe(dayBefore(day));
        expect(weekday(day)).toBe(weekdayOf(day));
      }),
      runs,
    );
  });

  it('is unchanged after adding and subtracting the same days, and `daysBetween` agrees', () => {
    fc.assert(
      fc.property(someDay, someDay, (from, to) => {
        const days = daysBetween(from, to);
        expect([addDays(from, days), addDays(to, -days), days > 0]).toEqual([to, from, to > from]);
      }),
      runs,
    );
  });

  it.each([
    ['9999-12-31', 1],
    ['9999-12-01', 31],
    ['0000-01-01', -1],
    ['2025-01-01', 3_000_000],
    ['2025-01-01', -3_000_000],
  ])('%s and %i days is none', (day, days) => expect(() => addDays(day as Day, days)).toThrow(RangeError));

  it('does not exist for a time outside the years 0000 to 9999', () => {
    expect(() => toDay(Date.parse('+010000-01-01T00:00:00Z'))).toThrow(RangeError);
    expect(() => toDay(Date.parse('-000001-12-31T23:59:59Z'))).toThrow(RangeError);
    expect(parseInstant('9999-12-31T23:59:59-01:00')).toBeNull();
    expect(parseInstant('0000-01-01T00:00:00+01:00')).toBeNull();
    expect(parseInstant('9999-12-31T23:59:59Z')).toBe(Date.parse('9999-12-31T23:59:59Z'));
  });
});

describe('a week', () => {
  it('matches a count of Thursdays, even at the ends of the calendar', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        expect(isoWeek(day)).toBe(weekOf(day));
      }),
      runs,
    );
    expect([isoWeek('0001-01-01' as Day), isoWeek('0000-01-03' as Day), isoWeek('0000-01-01' as Day)]).toEqual([
      '0001-W01',
      '0000-W01',
      '-000001-W52',
    ]);
  });

  it('has seven days from Monday, which all belong to it', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const week = parsePeriod(isoWeek(day));
        // The week of the very last day ends after it.
        expect(week === null).toBe(day >= '9999-12-27');
        const days = week ? [...eachDay(week)] : [];
        if (!week) return;
        expect([days.length, weekday(week.from), days.includes(day)]).toEqual([7, 1, true]);
        expect(new Set(days.map(isoWeek))).toEqual(new Set([isoWeek(day)]));
      }),
      runs,
    );
  });

  it.each(['0000-W00', '2025-W00', '2025-W53', '2025-W54', '2026-W54', '9999-W52', '9999-W53'])(
    '%s is invalid',
    (week) => expect(parsePeriod(week)).toBeNull(),
  );
});

describe('a month', () => {
  it('has the right first and last day', () => {
    fc.assert(
      fc.property(year, month, (y, m) => {
        const first = write(y, m, 1);
        expect(parsePeriod(monthOf(first))).toEqual({ from: first, to: write(y, m, lengthOf(y, m)) });
      }),
      runs,
    );
    expect(parsePeriod('9999-12')).toEqual({ from: '9999-12-01', to: '9999-12-31' });
  });
});

describe('iterating over days', () => {
  it('yields each day of the period once, in order', () => {
    expect([...eachDay({ from: '9999-12-30' as Day, to: '9999-12-31' as Day })]).toEqual(['9999-12-30', '9999-12-31']);
    expect([...eachDay({ from: '2025-12-16' as Day, to: '2025-12-15' as Day })]).toEqual([]);
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 40 }), (from, count) => {
        const last = daysBetween(from, allDays.to);
        const to = addDays(from, Math.min(count, last));
        const walked = [...eachDay({ from, to })];
        expect([walked[0], walked.at(-1), walked.length]).toEqual([from, to, Math.min(count, last) + 1]);
        for (const [i, day] of walked.slice(1).entries()) expect(day).toBe(dayAfter(walked[i] as Day));
      }),
    );
  });
});

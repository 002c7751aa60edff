/** When digests are due: weekdays and hours in a time zone, across daylight saving and the date line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, parseDay, toInstant, weekday } from '#core/day.ts';
import { latestSlot, nextSlot, ScheduleSchema } from '#core/schedule.ts';
import { parseTimeZone, zonedDay, zonedTime } from '#core/zoned-time.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const at = (time: string) => Date.parse(time);
const day = (text: string) => parseDay(text) as Day;
const schedule = (weekdays: number[], hour: number, timeZone: string) =>
  ScheduleSchema.parse({ weekdays, hour, timeZone });

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', '2025-12-16', 7, '2025-12-16T06:00:00.000Z'],
    ['Europe/Berlin', '2025-07-16', 7, '2025-07-16T05:00:00.000Z'],
    ['Asia/Kolkata', '2025-07-16', 7, '2025-07-16T01:30:00.000Z'],
    ['Pacific/Kiritimati', '2025-01-01', 7, '2024-12-31T17:00:00.000Z'],
    ['Pacific/Pago_Pago', '2025-01-01', 20, '2025-01-02T07:00:00.000Z'],
    // The clock skips from 02:00 to 03:00, so the hour after it counts.
    ['Europe/Berlin', '2026-03-29', 2, '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', 3, '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08', 2, '2026-03-08T07:00:00.000Z'],
    // The clock goes from 03:00 back to 02:00, so the first 02:00 counts.
    ['Europe/Berlin', '2026-10-25', 2, '2026-10-25T00:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', 3, '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01', 1, '2026-11-01T05:00:00.000Z'],
    // Daylight saving of half an hour, and a skipped midnight.
    ['Australia/Lord_Howe', '2026-04-05', 8, '2026-04-04T21:30:00.000Z'],
    ['Africa/Cairo', '2026-04-24', 0, '2026-04-23T22:00:00.000Z'],
  ])('%s, %s, %i o’clock', (zone, text, hour, instant) => {
    expect(toInstant(zonedTime(zone, day(text), hour))).toBe(instant);
  });

  it('is recognized in any spelling of its name', () => {
    expect(parseTimeZone('europe/berlin')).toBe('Europe/Berlin');
    for (const bad of ['', 'Mars/Olympus', '../etc', 'UTC\r\nBcc: x', 'x'.repeat(100)])
      expect(parseTimeZone(bad)).toBeNull();
  });
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Casablanca',
];
const arbitrarySchedule = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: fc.constantFrom(...zones),
  })
  .map((input) => ScheduleSchema.parse(input));
const arbitraryTime = fc.integer({ min: at('2012-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });

describe('a schedule', () => {
  it('keeps its hour over daylight saving', () => {
    const daily = schedule([1, 2, 3, 4, 5, 6, 7], 7, 'Europe/Berlin');
    const days = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30'].map((text) =>
      toInstant(nextSlot(daily, at(`${text}T00:00:00Z`)).atMs),
    );
    expect(days).toEqual([
      '2026-03-27T06:00:00.000Z',
      '2026-03-28T06:00:00.000Z',
      '2026-03-29T05:00:00.000Z',
      '2026-03-30T05:00:00.000Z',
    ]);
  });

  it('uses the day of its time zone: Monday morning in Auckland is Sunday in UTC', () => {
    expect(nextSlot(schedule([1], 8, 'Pacific/Auckland'), at('2025-12-13T00:00:00Z'))).toEqual({
      day: '2025-12-15',
      atMs: at('2025-12-14T19:00:00Z'),
    });
  });

  it('has adjacent next and latest slots around any time, on its weekdays', () => {
    fc.assert(
      fc.property(arbitrarySchedule, arbitraryTime, (one, nowMs) => {
        const latest = latestSlot(one, nowMs);
        const next = nextSlot(one, nowMs);
        expect(latest.atMs).toBeLessThanOrEqual(nowMs);
        expect(next.atMs).toBeGreaterThan(nowMs);
        expect(next.atMs - latest.atMs).toBeLessThanOrEqual(8 * 86_400_000);
        for (const slot of [latest, next]) expect(one.weekdays).toContain(weekday(slot.day));
        expect(nextSlot(one, latest.atMs)).toEqual(next);
        expect(latestSlot(one, next.atMs)).toEqual(next);
      }),
      { numRuns: propertyRuns(300) },
    );
  }, 30_000);

  it('has one slot on each day of its time zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones.filter((zone) => zone !== 'Pacific/Apia')),
        fc.integer({ min: 3, max: 23 }),
        fc.integer({ min: 0, max: 8_000 }),
        (zone, hour, n) => {
          const date = addDays(day('2012-01-01'), n);
          expect(zonedDay(zone, zonedTime(zone, date, hour))).toBe(date);
        },
      ),
      { numRuns: propertyRuns(300) },
    );
  }, 30_000);
});

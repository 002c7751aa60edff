/** Eastern Time and the batches of sources: time zones, daylight saving, weekends, holidays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, parseDay, toInstant } from '#core/day.ts';
import { easternDay, easternTime } from '#core/eastern-time.ts';
import { isArxivHoliday } from '#ingest/schedule/arxiv-holidays.ts';
import { announcementDay, batchOn, explainMissingBatch } from '#ingest/schedule/listing-calendar.ts';

const at = (time: string) => Date.parse(time);
const day = (text: string) => parseDay(text) as Day;

describe('Eastern time', () => {
  it.each([
    ['2026-01-15', 20, '2026-01-16T01:00:00.000Z'],
    ['2026-07-15', 20, '2026-07-16T00:00:00.000Z'],
    ['2026-03-08', 1, '2026-03-08T06:00:00.000Z'],
    ['2026-03-08', 3, '2026-03-08T07:00:00.000Z'],
    ['2026-03-08', 20, '2026-03-09T00:00:00.000Z'],
    ['2026-11-01', 0, '2026-11-01T04:00:00.000Z'],
    ['2026-11-01', 20, '2026-11-02T01:00:00.000Z'],
    ['2025-12-31', 20, '2026-01-01T01:00:00.000Z'],
  ])('%s, %i:00 Eastern Time is converted to UTC', (text, hour, instant) => {
    expect(toInstant(easternTime(day(text), hour))).toBe(instant);
  });

  it('the Eastern day equals the calendar day in New York', () => {
    expect(easternDay(at('2026-01-01T04:59:59Z'))).toBe('2025-12-31');
    expect(easternDay(at('2026-01-01T05:00:00Z'))).toBe('2026-01-01');
    expect(easternDay(at('2026-07-01T03:59:59.999Z'))).toBe('2026-06-30');
    expect(easternDay(at('2026-07-01T04:00:00Z'))).toBe('2026-07-01');
  });

  it('Eastern day and hour round-trip, except in the hours of a clock change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 3, max: 23 }), (n, hour) => {
        const date = addDays(day('1990-01-01'), n);
        expect(easternDay(easternTime(date, hour))).toBe(date);
      }),
    );
  }, 20_000);
});

describe('batches', () => {
  it('Hugging Face lists papers on weekdays, arXiv on the days after its announcements', () => {
    expect(batchOn('hf', day('2025-12-13'), -1)).toEqual({
      day: '2025-12-12',
      opensAt: at('2025-12-12T00:00:00Z'),
      dueBy: at('2025-12-12T12:00:00Z'),
    });
    expect(batchOn('arxiv', day('2025-12-13'), 1)).toEqual({
      day: '2025-12-15',
      opensAt: at('2025-12-15T01:00:00Z'),
      dueBy: at('2025-12-15T11:00:00Z'),
    });
    expect(batchOn('arxiv', day('2026-07-07'), 1).opensAt).toBe(at('2026-07-07T00:00:00Z'));
  });

  it.each([
    ['2026-01-01', 'arXiv announced no papers on the evening before, a holiday.'],
    ['2026-01-02', 'arXiv announced no papers on the evening before, a holiday.'],
    ['2026-01-20', 'arXiv announced no papers on the evening before, a holiday.'],
    ['2026-11-27', 'arXiv announced no papers on the evening before, a holiday.'],
    ['2026-12-30', 'arXiv announced no papers on the evening before, a holiday.'],
    ['2026-12-31', null],
    ['2026-11-28', 'arXiv announces no papers on Friday and Saturday evenings.'],
    ['2026-07-03', null],
  ])('the explanation of arXiv’s missing batch on %s is: %s', (text, reason) => {
    expect(explainMissingBatch('arxiv', day(text))).toBe(reason);
  });

  it('computes the holidays of a year without a published list', () => {
    const holidays = (year: number) =>
      Array.from({ length: 366 }, (_, i) => addDays(day(`${year}-01-01`), i)).filter(
        (one) => one.startsWith(String(year)) && isArxivHoliday(one),
      );
    expect(holidays(2027)).toEqual([
      '2027-01-01',
      '2027-01-18',
      '2027-06-19',
      '2027-07-05',
      '2027-09-06',
      '2027-11-25',
      '2027-12-25',
      '2027-12-31',
    ]);
    expect(holidays(2026)).toHaveLength(9);
  });

  it.each([
    ['2025-12-11T18:59:59Z', '2025-12-12'],
    ['2025-12-11T19:00:00Z', '2025-12-12'],
    ['2025-12-11T19:00:01Z', '2025-12-15'],
    ['2025-12-12T18:59:00Z', '2025-12-15'],
    ['2025-12-12T19:00:01Z', '2025-12-16'],
    ['2025-12-14T12:00:00Z', '2025-12-16'],
    ['2026-07-06T18:00:00Z', '2026-07-07'],
    ['2026-07-06T18:00:01Z', '2026-07-08'],
    ['2026-11-26T18:00:00Z', '2026-11-30'],
  ])('a paper submitted at %s is listed on %s', (submitted, listed) => {
    expect(announcementDay(submitted)).toBe(listed);
  });
});

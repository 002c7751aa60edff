/** When sources publish and what state that means: every boundary of zone, daylight saving, weekend, holiday, year and ISO week. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, isoWeek, parseDay, toDay, toInstant } from '#core/day';
import { easternDay, easternTime } from '#core/eastern-time';
import { isArxivHoliday } from '#ingest/arxiv-holidays';
import { announcementDay, batchOn, type CalendarName, freshnessOf, type SourceFacts, whyNoBatch } from '#ingest/calendar';

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
  ])('%s, %i o’clock', (text, hour, instant) => {
    expect(toInstant(easternTime(day(text), hour))).toBe(instant);
  });

  it('shows the day that New York’s calendars show', () => {
    expect(easternDay(at('2026-01-01T04:59:59Z'))).toBe('2025-12-31');
    expect(easternDay(at('2026-01-01T05:00:00Z'))).toBe('2026-01-01');
    expect(easternDay(at('2026-07-01T03:59:59.999Z'))).toBe('2026-06-30');
    expect(easternDay(at('2026-07-01T04:00:00Z'))).toBe('2026-07-01');
  });

  it('is found again from any day and hour outside the hours of change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 3, max: 23 }), (n, hour) => {
        const date = addDays(day('1990-01-01'), n);
        expect(easternDay(easternTime(date, hour))).toBe(date);
      }),
    );
  }, 20_000);
});

describe('batches', () => {
  it('of Hugging Face come on weekdays, of arXiv on the days after its announcements', () => {
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
  ])('of arXiv on %s: %s', (text, reason) => {
    expect(whyNoBatch('arxiv', day(text))).toBe(reason);
  });

  it('keeps the holidays of other years by rule', () => {
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
  ])('what was submitted at %s is listed on %s', (submitted, listed) => {
    expect(announcementDay(submitted)).toBe(listed);
  });
});

const facts = (now: string, latestDay: string | null, more: Partial<SourceFacts> = {}): SourceFacts => ({
  now,
  latestDay: latestDay === null ? null : day(latestDay),
  lastSuccess: '2020-01-01T00:00:00Z',
  failure: null,
  ...more,
});
const stateOf = (name: CalendarName, now: string, latestDay: string | null) => freshnessOf(name, facts(now, latestDay));

describe('freshness', () => {
  it.each<[CalendarName, string, string | null, object]>([
    // A working day: before the batch is due, at the boundary, after it came.
    ['hf', '2025-12-16T00:00:00Z', '2025-12-15', { state: 'waiting', next: '2025-12-16T12:00:00.000Z' }],
    ['hf', '2025-12-16T11:59:59Z', '2025-12-15', { state: 'waiting', next: '2025-12-16T12:00:00.000Z' }],
    ['hf', '2025-12-16T12:00:00Z', '2025-12-15', { state: 'stalled', since: '2025-12-16T12:00:00.000Z' }],
    ['hf', '2025-12-16T12:00:00Z', '2025-12-16', { state: 'fresh', next: '2025-12-17T00:00:00.000Z' }],
    ['hf', '2025-12-15T23:59:59Z', '2025-12-15', { state: 'fresh', next: '2025-12-16T00:00:00.000Z' }],
    // A weekend is quiet only when Friday is there.
    [
      'hf',
      '2025-12-13T00:00:00Z',
      '2025-12-12',
      { state: 'quiet', reason: 'Hugging Face lists no papers on Saturdays and Sundays.', next: '2025-12-15T00:00:00.000Z' },
    ],
    ['hf', '2025-12-14T23:59:59Z', '2025-12-11', { state: 'stalled', since: '2025-12-12T12:00:00.000Z' }],
    ['hf', '2025-12-16T13:00:00Z', '2025-12-10', { state: 'stalled', since: '2025-12-11T12:00:00.000Z' }],
    // The year's end, in ISO week 53 of 2026.
    ['hf', '2026-12-31T23:59:59Z', '2026-12-31', { state: 'fresh', next: '2027-01-01T00:00:00.000Z' }],
    [
      'hf',
      '2027-01-02T08:00:00Z',
      '2027-01-01',
      { state: 'quiet', reason: 'Hugging Face lists no papers on Saturdays and Sundays.', next: '2027-01-04T00:00:00.000Z' },
    ],
    ['hf', '2025-12-16T13:00:00Z', null, { state: 'stalled', since: '2025-12-16T12:00:00.000Z' }],
    // arXiv's day turns at 20:00 Eastern time, in winter at 01:00 and in summer at 00:00 UTC.
    ['arxiv', '2025-12-16T00:59:59Z', '2025-12-15', { state: 'fresh', next: '2025-12-16T01:00:00.000Z' }],
    ['arxiv', '2025-12-16T01:00:00Z', '2025-12-15', { state: 'waiting', next: '2025-12-16T11:00:00.000Z' }],
    ['arxiv', '2026-07-14T23:59:59Z', '2026-07-14', { state: 'fresh', next: '2026-07-15T00:00:00.000Z' }],
    ['arxiv', '2026-07-15T00:00:00Z', '2026-07-14', { state: 'waiting', next: '2026-07-15T10:00:00.000Z' }],
    // Over the change to daylight saving, Sunday 8 March 2026, and back, 1 November.
    [
      'arxiv',
      '2026-03-08T12:00:00Z',
      '2026-03-06',
      { state: 'quiet', reason: 'arXiv announces no papers on Friday and Saturday evenings.', next: '2026-03-09T00:00:00.000Z' },
    ],
    ['arxiv', '2026-03-09T00:00:00Z', '2026-03-06', { state: 'waiting', next: '2026-03-09T10:00:00.000Z' }],
    [
      'arxiv',
      '2026-11-02T00:59:59Z',
      '2026-10-30',
      { state: 'quiet', reason: 'arXiv announces no papers on Friday and Saturday evenings.', next: '2026-11-02T01:00:00.000Z' },
    ],
    ['arxiv', '2026-11-02T01:00:00Z', '2026-10-30', { state: 'waiting', next: '2026-11-02T11:00:00.000Z' }],
    // Thanksgiving: announced on Wednesday evening for Thursday, nothing for Friday.
    ['arxiv', '2026-11-26T12:00:00Z', '2026-11-26', { state: 'fresh', next: '2026-11-30T01:00:00.000Z' }],
    [
      'arxiv',
      '2026-11-27T12:00:00Z',
      '2026-11-26',
      { state: 'quiet', reason: 'arXiv announced no papers on the evening before, a holiday.', next: '2026-11-30T01:00:00.000Z' },
    ],
    ['arxiv', '2026-11-27T12:00:00Z', '2026-11-25', { state: 'stalled', since: '2026-11-26T11:00:00.000Z' }],
    // New Year: 31 December and 1 January are both evenings without announcement in their years' lists.
    [
      'arxiv',
      '2027-01-02T12:00:00Z',
      '2026-12-31',
      { state: 'quiet', reason: 'arXiv announces no papers on Friday and Saturday evenings.', next: '2027-01-04T01:00:00.000Z' },
    ],
  ])('%s at %s with %s', (name, now, latest, state) => {
    expect(stateOf(name, now, latest)).toEqual(state);
  });

  it('week 53 is where the calendar says', () => {
    expect([isoWeek(day('2026-12-31')), isoWeek(day('2027-01-03')), isoWeek(day('2027-01-04'))]).toEqual([
      '2026-W53',
      '2026-W53',
      '2027-W01',
    ]);
  });

  it('a failure outweighs the calendar until the source answers again', () => {
    const failure = { at: '2025-12-16T10:00:00Z', reason: 'it refuses connections', nextTry: '2025-12-16T11:00:00Z' };
    const now = '2025-12-16T10:30:00Z';
    expect(freshnessOf('hf', facts(now, '2025-12-16', { failure }))).toEqual({
      state: 'failed',
      reason: failure.reason,
      nextTry: failure.nextTry,
    });
    expect(freshnessOf('hf', facts(now, '2025-12-16', { failure, lastSuccess: '2025-12-16T10:20:00Z' })).state).toBe('fresh');
    expect(freshnessOf('hf', facts(now, null, { failure, lastSuccess: null })).state).toBe('failed');
  });

  it('a source that was never asked is waiting', () => {
    expect(freshnessOf('hf', facts('2025-12-16T10:30:00Z', null, { lastSuccess: null }))).toEqual({ state: 'waiting', next: null });
  });

  it('with everything there is never waiting or stalled, and what is next is never past', () => {
    const start = at('2025-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.constantFrom<CalendarName>('hf', 'arxiv'), fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }), (name, minutes) => {
        const now = start + minutes * 60_000;
        const state = stateOf(name, toInstant(now), addDays(toDay(now), 1));
        expect(['fresh', 'quiet']).toContain(state.state);
        if ('next' in state) expect(Date.parse(state.next ?? '')).toBeGreaterThan(now);
      }),
    );
  }, 20_000);
});

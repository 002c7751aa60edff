/** State of a source at the boundaries of time zone, daylight saving, weekend, holiday, year and ISO week. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, isoWeek, parseDay, toDay, toInstant } from '#core/day.ts';
import { type CalendarName, type FreshnessInput, freshnessOf } from '#ingest/schedule/listing-calendar.ts';

const at = (time: string) => Date.parse(time);
const day = (text: string) => parseDay(text) as Day;

const input = (now: string, latestDay: string | null, more: Partial<FreshnessInput> = {}): FreshnessInput => ({
  now,
  latestDay: latestDay === null ? null : day(latestDay),
  lastSuccess: '2020-01-01T00:00:00Z',
  failure: null,
  ...more,
});
const stateOf = (name: CalendarName, now: string, latestDay: string | null) => freshnessOf(name, input(now, latestDay));

describe('freshness', () => {
  it.each<[CalendarName, string, string | null, object]>([
    // A working day: before the batch is due, at the boundary, after it came.
    ['hf', '2025-12-16T00:00:00Z', '2025-12-15', { state: 'waiting', next: '2025-12-16T12:00:00.000Z' }],
    ['hf', '2025-12-16T11:59:59Z', '2025-12-15', { state: 'waiting', next: '2025-12-16T12:00:00.000Z' }],
    ['hf', '2025-12-16T12:00:00Z', '2025-12-15', { state: 'stalled', since: '2025-12-16T12:00:00.000Z' }],
    ['hf', '2025-12-16T12:00:00Z', '2025-12-16', { state: 'fresh', next: '2025-12-17T00:00:00.000Z' }],
    ['hf', '2025-12-15T23:59:59Z', '2025-12-15', { state: 'fresh', next: '2025-12-16T00:00:00.000Z' }],
    // A weekend is quiet only if Friday's batch is stored.
    [
      'hf',
      '2025-12-13T00:00:00Z',
      '2025-12-12',
      {
        state: 'quiet',
        reason: 'Hugging Face lists no papers on Saturdays and Sundays.',
        next: '2025-12-15T00:00:00.000Z',
      },
    ],
    ['hf', '2025-12-14T23:59:59Z', '2025-12-11', { state: 'stalled', since: '2025-12-12T12:00:00.000Z' }],
    ['hf', '2025-12-16T13:00:00Z', '2025-12-10', { state: 'stalled', since: '2025-12-11T12:00:00.000Z' }],
    // The year's end, in ISO week 53 of 2026.
    ['hf', '2026-12-31T23:59:59Z', '2026-12-31', { state: 'fresh', next: '2027-01-01T00:00:00.000Z' }],
    [
      'hf',
      '2027-01-02T08:00:00Z',
      '2027-01-01',
      {
        state: 'quiet',
        reason: 'Hugging Face lists no papers on Saturdays and Sundays.',
        next: '2027-01-04T00:00:00.000Z',
      },
    ],
    ['hf', '2025-12-16T13:00:00Z', null, { state: 'stalled', since: '2025-12-16T12:00:00.000Z' }],
    // arXiv's day begins at 20:00 Eastern Time, which is 01:00 UTC in winter and 00:00 UTC in summer.
    ['arxiv', '2025-12-16T00:59:59Z', '2025-12-15', { state: 'fresh', next: '2025-12-16T01:00:00.000Z' }],
    ['arxiv', '2025-12-16T01:00:00Z', '2025-12-15', { state: 'waiting', next: '2025-12-16T11:00:00.000Z' }],
    ['arxiv', '2026-07-14T23:59:59Z', '2026-07-14', { state: 'fresh', next: '2026-07-15T00:00:00.000Z' }],
    ['arxiv', '2026-07-15T00:00:00Z', '2026-07-14', { state: 'waiting', next: '2026-07-15T10:00:00.000Z' }],
    // Start of daylight saving time on Sunday 8 March 2026, and its end on 1 November.
    [
      'arxiv',
      '2026-03-08T12:00:00Z',
      '2026-03-06',
      {
        state: 'quiet',
        reason: 'arXiv announces no papers on Friday and Saturday evenings.',
        next: '2026-03-09T00:00:00.000Z',
      },
    ],
    ['arxiv', '2026-03-09T00:00:00Z', '2026-03-06', { state: 'waiting', next: '2026-03-09T10:00:00.000Z' }],
    [
      'arxiv',
      '2026-11-02T00:59:59Z',
      '2026-10-30',
      {
        state: 'quiet',
        reason: 'arXiv announces no papers on Friday and Saturday evenings.',
        next: '2026-11-02T01:00:00.000Z',
      },
    ],
    ['arxiv', '2026-11-02T01:00:00Z', '2026-10-30', { state: 'waiting', next: '2026-11-02T11:00:00.000Z' }],
    // Thanksgiving: arXiv announces on Wednesday evening for Thursday, and nothing for Friday.
    ['arxiv', '2026-11-26T12:00:00Z', '2026-11-26', { state: 'fresh', next: '2026-11-30T01:00:00.000Z' }],
    [
      'arxiv',
      '2026-11-27T12:00:00Z',
      '2026-11-26',
      {
        state: 'quiet',
        reason: 'arXiv announced no papers on the evening before, a holiday.',
        next: '2026-11-30T01:00:00.000Z',
      },
    ],
    ['arxiv', '2026-11-27T12:00:00Z', '2026-11-25', { state: 'stalled', since: '2026-11-26T11:00:00.000Z' }],
    // New Year: the published lists contain the evenings of 31 December and 1 January.
    [
      'arxiv',
      '2027-01-02T12:00:00Z',
      '2026-12-31',
      {
        state: 'quiet',
        reason: 'arXiv announces no papers on Friday and Saturday evenings.',
        next: '2027-01-04T01:00:00.000Z',
      },
    ],
  ])('%s at %s with latest day %s has the expected state', (name, now, latest, state) => {
    expect(stateOf(name, now, latest)).toEqual(state);
  });

  it('week 53 of 2026 ends on Sunday 3 January 2027', () => {
    expect([isoWeek(day('2026-12-31')), isoWeek(day('2027-01-03')), isoWeek(day('2027-01-04'))]).toEqual([
      '2026-W53',
      '2026-W53',
      '2027-W01',
    ]);
  });

  it('a failure takes precedence over the calendar until the next success', () => {
    const failure = { at: '2025-12-16T10:00:00Z', reason: 'it refuses connections', nextTry: '2025-12-16T11:00:00Z' };
    const now = '2025-12-16T10:30:00Z';
    expect(freshnessOf('hf', input(now, '2025-12-16', { failure }))).toEqual({
      state: 'failed',
      reason: failure.reason,
      nextTry: failure.nextTry,
    });
    expect(freshnessOf('hf', input(now, '2025-12-16', { failure, lastSuccess: '2025-12-16T10:20:00Z' })).state).toBe(
      'fresh',
    );
    expect(freshnessOf('hf', input(now, null, { failure, lastSuccess: null })).state).toBe('failed');
  });

  it('a source that was never fetched is waiting', () => {
    expect(freshnessOf('hf', input('2025-12-16T10:30:00Z', null, { lastSuccess: null }))).toEqual({
      state: 'waiting',
      next: null,
    });
  });

  it('an up-to-date source is never waiting or stalled, and its next time is never past', () => {
    const start = at('2025-01-01T00:00:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom<CalendarName>('hf', 'arxiv'),
        fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }),
        (name, minutes) => {
          const now = start + minutes * 60_000;
          const state = stateOf(name, toInstant(now), addDays(toDay(now), 1));
          expect(['fresh', 'quiet']).toContain(state.state);
          if ('next' in state) expect(Date.parse(state.next ?? '')).toBeGreaterThan(now);
        },
      ),
    );
  }, 20_000);
});

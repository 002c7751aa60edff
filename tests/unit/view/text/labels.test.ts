/** Labels of counts and dates, and paths. */
import { describe, expect, it } from 'vitest';
import { type Day, PublicationDateSchema, parseDay } from '#core/day.ts';
import { authorPath, dayPath, paperPath, tagPath, weekPath } from '#view/paths.ts';
import * as labels from '#view/text/labels.ts';

const day = (text: string): Day => parseDay(text) ?? expect.fail(`${text} is no day`);

describe('labels', () => {
  it('a count label has the right plural and thousands separators', () => {
    expect([0, 1, 35, 2000, 1234567].map((count) => labels.toCountLabel(count, 'paper'))).toEqual([
      '0 papers',
      '1 paper',
      '35 papers',
      '2,000 papers',
      '1,234,567 papers',
    ]);
  });
  it('a list label joins its parts with commas and a conjunction', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((parts) => labels.toListLabel(parts))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
  it('a day has a short and a long label', () => {
    expect(labels.toDayLabel(day('2025-12-06'))).toBe('6 Dec 2025');
    expect(labels.toLongDayLabel(day('2025-12-16'))).toBe('Tuesday, 16 December 2025');
    expect(labels.toLongDayLabel(day('2024-02-29'))).toBe('Thursday, 29 February 2024');
    expect(labels.toTimeView('2025-12-16T08:30:59Z')).toEqual({
      datetime: '2025-12-16T08:30:59Z',
      label: '16 Dec 2025, 08:30 UTC',
    });
  });
  it('a publication date has a day or only a year', () => {
    expect(labels.toPublishedView(PublicationDateSchema.parse('2019'))).toEqual({ datetime: '2019', label: '2019' });
    expect(labels.toPublishedView(PublicationDateSchema.parse('2021-09-02')).label).toBe('2 Sep 2021');
  });
  it.each([
    ['2025-12-16', 'Tuesday, 16 December 2025'],
    ['2025-W51', 'Week 51 of 2025, 15–21 Dec 2025'],
    ['2026-W01', 'Week 1 of 2026, 29 Dec 2025 – 4 Jan 2026'],
    ['2025-W40', 'Week 40 of 2025, 29 Sep – 5 Oct 2025'],
    ['2025-12', 'December 2025'],
  ])('the period %s has its label', (period, label) =>
    expect(labels.toPeriodDate(period)).toEqual({ datetime: period, label }),
  );
});

describe('paths', () => {
  it('a path escapes each segment but not the slash of an old arXiv id', () => {
    expect(paperPath('hep-th/9901001')).toBe('/papers/hep-th/9901001');
    expect(authorPath('Zoë O’Neil / #1')).toBe('/authors/Zo%C3%AB%20O%E2%80%99Neil%20%2F%20%231');
    expect(tagPath('c++')).toBe('/tags/c%2B%2B');
    expect(authorPath('lone \ud800')).toBe('/authors/lone%20%EF%BF%BD');
    expect([dayPath(day('2025-12-16')), weekPath('2025-W51')]).toEqual([
      '/papers/date/2025-12-16',
      '/papers/week/2025-W51',
    ]);
  });
});

/** The navigation of days, weeks and months. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, isoWeek, monthOf, parseDay, weekday } from '#core/day.ts';
import type { DayCount } from '#core/ports/papers.ts';
import { type PeriodScope, parsePeriodScope, periodOf } from '#query/scope.ts';
import { toCalendar } from '#view/list/calendar.ts';
import { toPeriodView } from '#view/list/period.ts';

const day = (text: string): Day => parseDay(text) ?? expect.fail(`${text} is no day`);
const days: readonly DayCount[] = ['2025-11-28', '2025-12-12', '2025-12-15', '2025-12-16', '2026-01-02'].map(
  (text, i) => ({
    day: day(text),
    count: 10 + i,
  }),
);
const scope = (kind: PeriodScope['kind'], text: string) =>
  parsePeriodScope(kind, text) ?? expect.fail(`${text} is no ${kind}`);

describe('the scope of an address', () => {
  it.each([
    ['day', '2025-12-16'],
    ['week', '2025-W51'],
    ['month', '2025-12'],
    ['week', '2026-W53'],
  ] as const)('the address of the %s %s is valid', (kind, text) => expect(periodOf(scope(kind, text))).toBe(text));
  it.each([
    ['day', '2025-02-30'],
    ['day', '2025-12'],
    ['day', ''],
    ['week', '2025-W53'],
    ['week', '2025-W00'],
    ['week', '2025-12-16'],
    ['month', '2025-13'],
    ['month', '2025'],
    ['day', '1899-12-31'],
    ['day', '2200-01-01'],
    ['week', '1899-W52'],
    ['week', '2200-W01'],
    ['month', '1899-12'],
    ['month', '2200-01'],
    ['month', '9999-12'],
  ] as const)('the address of the %s %j is invalid', (kind, text) => expect(parsePeriodScope(kind, text)).toBeNull());
});

describe('a period', () => {
  it('a period links to the nearest neighbours with papers', () => {
    expect(toPeriodView(scope('day', '2025-12-15'), days)).toMatchObject({
      previous: { href: '/papers/date/2025-12-12', label: '12 Dec 2025' },
      next: { href: '/papers/date/2025-12-16' },
      emptyReason: null,
    });
    expect(toPeriodView(scope('week', '2025-W51'), days)).toMatchObject({
      previous: { href: '/papers/week/2025-W50' },
      next: { href: '/papers/week/2026-W01', label: 'Week 1 of 2026' },
    });
    expect(toPeriodView(scope('month', '2025-12'), days)).toMatchObject({
      previous: { href: '/papers/month/2025-11' },
      next: { href: '/papers/month/2026-01', label: 'January 2026' },
    });
    expect(toPeriodView(scope('day', '2026-01-02'), days).next).toBeNull();
    expect(toPeriodView(scope('day', '2025-11-28'), days).previous).toBeNull();
  });

  it('a period links to the day, week and month of its last day with papers', () => {
    expect(
      toPeriodView(scope('month', '2025-12'), days).switches.map(({ key, href, active }) => [key, href, active]),
    ).toEqual([
      ['day', '/papers/date/2025-12-16', false],
      ['week', '/papers/week/2025-W51', false],
      ['month', '/papers/month/2025-12', true],
    ]);
  });

  it.each([
    ['day', '2026-01-03', 'Nothing has been listed after Friday, 2 January 2026 yet.'],
    ['day', '2025-11-01', 'The first listing here is of Friday, 28 November 2025.'],
    ['day', '2025-12-13', 'Hugging Face lists no papers on Saturdays and Sundays'],
    ['day', '2025-12-17', 'No source listed papers on this day'],
    ['week', '2025-W52', 'No source listed papers in this week'],
    ['month', '2024-01', 'The first listing here is of'],
  ] as const)('the page of the %s %s explains why it is empty', (kind, text, reason) =>
    expect(toPeriodView(scope(kind, text), days).emptyReason).toContain(reason),
  );

  it('a period of an empty store has no neighbours and explains why it is empty', () => {
    expect(toPeriodView(scope('day', '2025-12-16'), [])).toMatchObject({
      previous: null,
      next: null,
      emptyReason: 'No listing has been read yet.',
    });
  });

  it('the neighbours of a period agree with a linear search', () => {
    const someDay = fc.integer({ min: 0, max: 800 }).map((offset) => addDays(day('2024-12-20'), offset));
    fc.assert(
      fc.property(
        fc.uniqueArray(someDay, { maxLength: 12 }),
        someDay,
        fc.constantFrom('day', 'week', 'month'),
        (listed, shown, kind) => {
          const nameOf = { day: (one: Day) => one as string, week: isoWeek, month: monthOf }[kind];
          const names = [...new Set(listed.map(nameOf))].sort();
          const ascending = listed.sort().map((one) => ({ day: one, count: 1 }));
          const view = toPeriodView(scope(kind, nameOf(shown)), ascending);
          const ending = (href: string | undefined) => href?.split('/').at(-1);
          expect(ending(view.previous?.href)).toBe(names.findLast((name) => name < nameOf(shown)));
          expect(ending(view.next?.href)).toBe(names.find((name) => name > nameOf(shown)));
          expect(view.emptyReason === null).toBe(names.includes(nameOf(shown)));
        },
      ),
    );
  }, 20_000);
});

describe('at the ends of the years that have pages', () => {
  const far: readonly DayCount[] = [
    '0001-01-01',
    '1899-12-31',
    '1900-01-01',
    '2199-12-30',
    '2199-12-31',
    '2200-01-01',
    '9999-12-31',
  ].map((text) => ({ day: day(text), count: 1 }));
  const linksOf = (view: ReturnType<typeof toPeriodView>) =>
    [
      view.previous,
      view.next,
      view.calendar.previous,
      view.calendar.next,
      ...view.switches,
      ...view.calendar.weeks.flat(),
    ].flatMap((link) => link?.href ?? []);

  it.each([
    ['day', '1900-01-01'],
    ['day', '2199-12-31'],
    ['week', '1900-W01'],
    ['week', '2199-W52'],
    ['month', '1900-01'],
    ['month', '2199-12'],
  ] as const)('the %s %s has no link to a day, week or month without a page', (kind, text) => {
    const links = linksOf(toPeriodView(scope(kind, text), far));
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(link).toMatch(/\/(?:19|20|21)\d\d-[^/]*$/);
  });

  it('the last two days link to no week, because it belongs to the year 2200', () => {
    const { switches } = toPeriodView(scope('day', '2199-12-31'), far);
    expect(switches.map(({ key }) => key)).toEqual(['day', 'month']);
  });

  it.each(['9999-12', '9999-11', '0000-01', '0001-02'])('the calendar of %s has all days of the month', (month) => {
    const { weeks } = toCalendar(month, [], () => false);
    expect(weeks.length).toBeLessThanOrEqual(6);
    expect(weeks.flat().filter((cell) => cell !== null).length).toBeGreaterThanOrEqual(28);
  });
});

describe('the calendar', () => {
  it('the calendar has whole weeks, Monday first', () => {
    const calendar = toCalendar('2025-12', days, (one) => one === '2025-12-16');
    expect(calendar).toMatchObject({
      label: 'December 2025',
      previous: { href: '/papers/month/2025-11' },
      next: { href: '/papers/month/2026-01' },
    });
    expect(calendar.weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7]);
    const cells = calendar.weeks.flat().filter((cell) => cell !== null);
    expect(cells.map((cell) => cell.dayOfMonth)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
    expect(cells[15]).toEqual({
      datetime: '2025-12-16',
      dayOfMonth: 16,
      count: 13,
      href: '/papers/date/2025-12-16',
      current: true,
    });
    expect(cells[16]).toMatchObject({ count: 0, href: null, current: false });
  });

  it('the calendar puts every day in the column of its weekday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1200 }), (offset) => {
        const month = monthOf(addDays(day('1995-01-15'), offset * 30));
        for (const week of toCalendar(month, [], () => false).weeks) {
          for (const [column, cell] of week.entries()) if (cell) expect(weekday(day(cell.datetime))).toBe(column + 1);
        }
      }),
    );
  }, 20_000);

  it('the calendar marks the days of a week as current, but not those of a month', () => {
    const currentIn = (view: ReturnType<typeof toPeriodView>) =>
      view.calendar.weeks.flat().filter((cell) => cell?.current).length;
    expect([
      currentIn(toPeriodView(scope('week', '2025-W51'), days)),
      currentIn(toPeriodView(scope('month', '2025-12'), days)),
    ]).toEqual([7, 0]);
  });
});

/** Builds the calendar of a month, Monday first, with the number of papers for each day. */
import { type Day, eachDay, monthOf, parsePeriod, weekday } from '#core/day.ts';
import type { DayCount } from '#core/ports/papers.ts';
import type { LinkView } from '#view/paper/paper-view.ts';
import { toMonthLabel } from '#view/text/labels.ts';
import type { CalendarDayView, CalendarView } from './paper-list-view.ts';
import { toPeriodPath } from './period-path.ts';

/** `month`: a valid month (`2025-12`). `isShown`: whether the page shows the day. `days` ascend. */
export function toCalendar(month: string, days: readonly DayCount[], isShown: (day: Day) => boolean): CalendarView {
  const counts = new Map(days.map(({ day, count }) => [day, count]));
  const months = [...new Set(days.filter(({ count }) => count > 0).map(({ day }) => monthOf(day)))];
  return {
    label: toMonthLabel(month),
    previous: toMonthLink(months.findLast((other) => other < month)),
    next: toMonthLink(months.find((other) => other > month)),
    weeks: toWeeks(month, (day) => toCalendarDay(day, counts.get(day) ?? 0, isShown(day))),
  };
}

function toWeeks(month: string, toView: (day: Day) => CalendarDayView): (CalendarDayView | null)[][] {
  const span = parsePeriod(month);
  if (!span) return [];
  const blanks = (count: number): null[] => Array.from({ length: count }, () => null);
  const cells = [
    ...blanks(weekday(span.from) - 1),
    ...Array.from(eachDay(span), toView),
    ...blanks(7 - weekday(span.to)),
  ];
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function toCalendarDay(day: Day, count: number, current: boolean): CalendarDayView {
  return {
    datetime: day,
    dayOfMonth: Number(day.slice(8)),
    count,
    href: count > 0 ? toPeriodPath('day', day) : null,
    current,
  };
}

function toMonthLink(month: string | undefined): LinkView | null {
  const href = month === undefined ? null : toPeriodPath('month', month);
  return month === undefined || href === null ? null : { label: toMonthLabel(month), href };
}

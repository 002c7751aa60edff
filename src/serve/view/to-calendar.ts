/** A month of days with their numbers of papers, Monday first. */
import { addDays, type Day, monthOf, parsePeriod, weekday } from '#core/day';
import type { DayCount } from '#core/ports';
import { toMonthLabel } from './labels.ts';
import type { CalendarDayView, CalendarView } from './paper-list-view.ts';
import type { LinkView } from './paper-view.ts';
import { dayPath, monthPath } from './paths.ts';

/** The calendar of `month` (`2025-12`), a real month; `isShown` says which days the page is about. `days` ascend. */
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
  const cells: (CalendarDayView | null)[] = Array.from({ length: weekday(span.from) - 1 }, () => null);
  for (let day = span.from; day <= span.to; day = addDays(day, 1)) cells.push(toView(day));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function toCalendarDay(day: Day, count: number, current: boolean): CalendarDayView {
  return { datetime: day, dayOfMonth: Number(day.slice(8)), count, href: count > 0 ? dayPath(day) : null, current };
}

function toMonthLink(month: string | undefined): LinkView | null {
  return month === undefined ? null : { label: toMonthLabel(month), href: monthPath(month) };
}

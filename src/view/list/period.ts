/** Builds the navigation of a day, week or month: neighbours with papers, calendar, and why it is empty. */
import { type Day, isoWeek, monthOf, parsePeriod, weekday } from '#core/day.ts';
import type { DayCount } from '#core/ports/papers.ts';
import { type PeriodScope, periodOf } from '#query/scope.ts';
import type { LinkView } from '#view/paper/paper-view.ts';
import { toDayLabel, toLongDayLabel, toMonthLabel, toPeriodDate, toWeekLabel } from '#view/text/labels.ts';
import { toCalendar } from './calendar.ts';
import type { PeriodView } from './paper-list-view.ts';
import { toPeriodPath } from './period-path.ts';

type Kind = PeriodScope['kind'];

/** Returns the name of the period that contains the day. */
const periodOfDay: Readonly<Record<Kind, (day: Day) => string>> = { day: (day) => day, week: isoWeek, month: monthOf };

/** `days`: all days with listed papers, ascending. */
export function toPeriodView(scope: PeriodScope, days: readonly DayCount[]): PeriodView {
  const period = periodOf(scope) ?? '';
  const span = parsePeriod(period);
  const filled = days.filter(({ count }) => count > 0).map(({ day }) => day);
  const isInside = (day: Day) => span !== null && day >= span.from && day <= span.to;
  const last = filled.findLast(isInside);
  const anchor = last ?? span?.from;
  return {
    kind: scope.kind,
    date: toPeriodDate(period),
    previous: toLink(
      scope.kind,
      filled.findLast((day) => span !== null && day < span.from),
    ),
    next: toLink(
      scope.kind,
      filled.find((day) => span !== null && day > span.to),
    ),
    switches: anchor === undefined ? [] : toSwitches(scope.kind, anchor),
    // On a month's page no day is current, because it shows all of them.
    calendar: toCalendar(anchor ? monthOf(anchor) : period, days, (day) => scope.kind !== 'month' && isInside(day)),
    emptyReason: last !== undefined || !span ? null : whyEmpty(scope.kind, span, filled),
  };
}

function toLink(kind: Kind, day: Day | undefined): LinkView | null {
  const href = day === undefined ? null : toPeriodPath(kind, periodOfDay[kind](day));
  return day === undefined || href === null ? null : { label: labelOf[kind](day), href };
}

const labelOf: Readonly<Record<Kind, (day: Day) => string>> = {
  day: toDayLabel,
  week: (day) => toWeekLabel(isoWeek(day)),
  month: (day) => toMonthLabel(monthOf(day)),
};

function toSwitches(shown: Kind, anchor: Day): PeriodView['switches'] {
  const labels = { day: 'Day', week: 'Week', month: 'Month' } as const;
  return (['day', 'week', 'month'] as const).flatMap((kind) => {
    const link = toLink(kind, anchor);
    return link ? [{ ...link, label: labels[kind], key: kind, active: kind === shown }] : [];
  });
}

/** Depends on the store only: pages must not change with the clock. */
function whyEmpty(kind: Kind, span: { readonly from: Day; readonly to: Day }, filled: readonly Day[]): string {
  const first = filled[0];
  const last = filled.at(-1);
  if (first === undefined || last === undefined) return 'No listing has been read yet.';
  if (span.from > last) return `Nothing has been listed after ${toLongDayLabel(last)} yet.`;
  if (span.to < first) return `The first listing here is of ${toLongDayLabel(first)}.`;
  if (kind === 'day' && weekday(span.from) > 5)
    return `Hugging Face lists no papers on Saturdays and Sundays, and no other source listed any on this day.`;
  return `No source listed papers ${kind === 'day' ? 'on this day' : `in this ${kind}`}: it was a holiday, or its listing has not been read.`;
}

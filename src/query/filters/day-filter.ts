/** Defines a filter on a date of a paper: its publication or its listing. */
import {
  addDays,
  allDays,
  type Day,
  type DayRange,
  daysBetween,
  isoWeek,
  isWithin,
  monthOf,
  type Period,
  parsePeriod,
  weekday,
} from '#core/day.ts';
import { defineFilter, type Filter } from './filter.ts';
import { formatRange, parseRange, type Scale } from './range.ts';

export type DayFilterDefinition = {
  readonly kind: 'publishedOn' | 'listedOn';
  /** Also the first word of the label: `published 2024`. */
  readonly qualifier: string;
  readonly values: readonly string[];
  /** The valid days of papers. A single period must lie within them, the ends of a range need not. */
  readonly known: Period;
};

const days: Scale<Day> = {
  read: (operand) => parsePeriod(operand.toUpperCase()),
  step: (day, by) => (day === (by > 0 ? allDays.to : allDays.from) ? null : addDays(day, by)),
};

export function defineDayFilter({ kind, qualifier, values, known }: DayFilterDefinition): Filter {
  const years = `${Number(known.from.slice(0, 4))} to ${Number(known.to.slice(0, 4))}`;
  return defineFilter({
    qualifiers: [qualifier],
    parameter: 'once',
    forms: `a day, week, month or year such as 2024-03-01, 2024-W09, 2024-03 or 2024 (days from ${years}), or a range such as 2023..2024, 2024-03.. or >=2023`,
    values,
    parse: ({ text }) => {
      const range = parseRange(text, days);
      const single = parsePeriod(text.replace(/\s+/g, '').replace(/^=/, '').toUpperCase());
      return range && (single === null || isNamed(single, known)) ? { kind, ...range } : null;
    },
    format: (condition) => (condition.kind === kind ? formatDays(condition, known) : null),
    label: (condition) => (condition.kind === kind ? `${qualifier} ${labelDays(condition)}` : null),
  });
}

/** Returns the shortest form: one period, or two ends of the same size (`2023..2024`, `2024-01..2024-06`). */
function formatDays(range: DayRange, known: Period): string {
  const { from, to } = range;
  const period = from !== null && to !== null && isNamed({ from, to }, known) ? periodOf(range) : null;
  return period ?? formatRange(endsOf(range), (end) => end);
}

/** Whether the name of the period is a valid value: always for a year, else only within the `known` days. */
function isNamed(period: Period, known: Period): boolean {
  return isWithin(period, known) || isPeriod(period.from.slice(0, 4), period.from, period.to);
}

function labelDays(range: DayRange): string {
  const { from, to } = endsOf(range);
  if (from === null && to === null) return 'on a known day';
  if (to === null) return `from ${from}`;
  return from === null ? `until ${to}` : (periodOf(range) ?? `${from} – ${to}`);
}

function periodOf({ from, to }: DayRange): string | null {
  if (from === null || to === null) return null;
  const weeks = weekday(from) === 1 && daysBetween(from, to) === 6 ? [isoWeek(from)] : [];
  return [from.slice(0, 4), monthOf(from), ...weeks, from].find((name) => isPeriod(name, from, to)) ?? null;
}

function isPeriod(name: string, from: Day, to: Day): boolean {
  const period = parsePeriod(name);
  return period?.from === from && period.to === to;
}

/** Formats both ends as years if the range covers whole years, else as months, else as days. */
function endsOf({ from, to }: DayRange): { readonly from: string | null; readonly to: string | null } {
  for (const length of [4, 7]) {
    const first = from?.slice(0, length) ?? null;
    const last = to?.slice(0, length) ?? null;
    const isWhole =
      (first === null || parsePeriod(first)?.from === from) && (last === null || parsePeriod(last)?.to === to);
    if (isWhole) return { from: first, to: last };
  }
  return { from, to };
}

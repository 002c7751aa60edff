/** Filters of a day, week, month or year: when a paper appeared, when it was listed. */
import { addDays, type Day, type DayRange, isoWeek, monthOf, parseDay, parsePeriod } from '#core/day';
import { defineFilter, type Filter } from './filter.ts';
import { formatRange, parseRange, type Scale } from './range.ts';

export type DayFilterDefinition = {
  readonly kind: 'publishedOn' | 'listedOn';
  /** Also the word for people: `published 2024`. */
  readonly qualifier: string;
  readonly values: readonly string[];
};

const days: Scale<Day> = {
  read: (operand) => parsePeriod(operand.toUpperCase()),
  step: (day, by) => parseDay(addDays(day, by)),
};

export function defineDayFilter({ kind, qualifier, values }: DayFilterDefinition): Filter {
  return defineFilter({
    qualifiers: [qualifier],
    parameter: 'once',
    forms: 'a day, week, month or year such as 2024-03-01, 2024-W09, 2024-03 or 2024, or a range such as 2023..2024, 2024-03.. or >=2023',
    values,
    parse: ({ text }) => {
      const range = parseRange(text, days);
      return range && { kind, ...range };
    },
    format: (condition) => (condition.kind === kind ? formatDays(condition) : null),
    label: (condition) => (condition.kind === kind ? `${qualifier} ${labelDays(condition)}` : null),
  });
}

/** The shortest name: a single period where the range is one, else ends of the same size (`2023..2024`, `2024-01..2024-06`). */
export function formatDays(range: DayRange): string {
  return periodOf(range) ?? formatRange(endsOf(range), (end) => end);
}

function labelDays(range: DayRange): string {
  const { from, to } = endsOf(range);
  if (from === null && to === null) return 'on a known day';
  if (to === null) return `from ${from}`;
  return from === null ? `until ${to}` : (periodOf(range) ?? `${from} – ${to}`);
}

function periodOf({ from, to }: DayRange): string | null {
  if (from === null || to === null) return null;
  return [from.slice(0, 4), monthOf(from), isoWeek(from), from].find((name) => isPeriod(name, from, to)) ?? null;
}

function isPeriod(name: string, from: Day, to: Day): boolean {
  const period = parsePeriod(name);
  return period?.from === from && period.to === to;
}

/** Both ends as years when they lie on the borders of years, else as months, else as days. */
function endsOf({ from, to }: DayRange): { readonly from: string | null; readonly to: string | null } {
  for (const length of [4, 7]) {
    const first = from?.slice(0, length) ?? null;
    const last = to?.slice(0, length) ?? null;
    const isWhole = (first === null || parsePeriod(first)?.from === from) && (last === null || parsePeriod(last)?.to === to);
    if (isWhole) return { from: first, to: last };
  }
  return { from, to };
}

/** Describes a subscription's filter and schedule in words. */
import type { Schedule } from '#core/schedule.ts';
import { formatChips } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { toListLabel } from '#view/text/labels.ts';

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Returns `Code generation, 1–5 authors`, or `every paper` without a filter. */
export function describeQuery(query: PaperQuery, tagLabels: ReadonlyMap<string, string>): string {
  const labels = formatChips(query, { tag: (slug) => tagLabels.get(slug) }).map((chip) => chip.label);
  return labels.length === 0 ? 'every paper' : labels.join(', ');
}

/** Returns `Every day at 07:00, Europe/Berlin` or `Monday, Wednesday and Friday at 18:00, UTC`. */
export function describeSchedule({ weekdays, hour, timeZone }: Schedule): string {
  return `${describeDays(weekdays)} at ${String(hour).padStart(2, '0')}:00, ${timeZone}`;
}

function describeDays(weekdays: readonly number[]): string {
  if (weekdays.length === 7) return 'Every day';
  if (weekdays.join('') === '12345') return 'Monday to Friday';
  const names = weekdays.map((day) => weekdayNames[day - 1] ?? '');
  return names.length === 1 ? `Every ${names[0]}` : toListLabel(names);
}

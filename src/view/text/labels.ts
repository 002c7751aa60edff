/** Formats counts, dates and sources for people: `1 author`, `2,000 papers`, `16 Dec 2025`. */
import { type Day, isoWeek, type PublicationDate, parsePeriod, weekday } from '#core/day.ts';
import { monthNames } from '#core/text/month-names.ts';
import type { DateView } from '#view/paper/paper-view.ts';

const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** `2,000`. */
export function toNumberLabel(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
}

/** `1 paper`, `35 papers`. */
export function toCountLabel(count: number, noun: string, plural = `${noun}s`): string {
  return `${toNumberLabel(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function toListLabel(parts: readonly string[], conjunction = 'and'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** `16 Dec 2025`. */
export function toDayLabel(day: Day): string {
  return `${Number(day.slice(8))} ${monthName(day).slice(0, 3)} ${day.slice(0, 4)}`;
}

/** `Tuesday, 16 December 2025`. */
export function toLongDayLabel(day: Day): string {
  return `${weekdays[weekday(day) - 1]}, ${Number(day.slice(8))} ${monthName(day)} ${day.slice(0, 4)}`;
}

/** `December 2025`, for a month (`2025-12`) or a day in it. */
export function toMonthLabel(month: string): string {
  return `${monthName(month)} ${month.slice(0, 4)}`;
}

/** `15–21 Dec 2025`, `29 Dec 2025 – 4 Jan 2026`. */
export function toSpanLabel({ from, to }: { readonly from: Day; readonly to: Day }): string {
  if (from === to) return toDayLabel(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${toDayLabel(to)}`;
  const start = toDayLabel(from);
  return `${from.slice(0, 4) === to.slice(0, 4) ? start.slice(0, -5) : start} – ${toDayLabel(to)}`;
}

/** `Week 51 of 2025`, for `2025-W51`. */
export function toWeekLabel(week: string): string {
  return `Week ${Number(week.slice(6))} of ${week.slice(0, 4)}`;
}

/** Labels a day, week (`2025-W51`) or month (`2025-12`). A day has its weekday. */
export function toPeriodDate(period: string): DateView {
  const span = parsePeriod(period);
  if (!span) return { datetime: period, label: period };
  if (span.from === span.to) return { datetime: period, label: toLongDayLabel(span.from) };
  return {
    datetime: period,
    label: period.includes('W') ? `${toWeekLabel(isoWeek(span.from))}, ${toSpanLabel(span)}` : toMonthLabel(period),
  };
}

/** `2 Sep 2021`, or `2021` if only the year is known. */
export function toPublishedView(date: PublicationDate): DateView {
  const span = parsePeriod(date);
  return { datetime: date, label: span && span.from === span.to ? toDayLabel(span.from) : date };
}

export function toDayView(day: Day): DateView {
  return { datetime: day, label: toDayLabel(day) };
}

/** `16 Dec 2025, 08:30 UTC`, for an ISO 8601 time in UTC. */
export function toTimeView(time: string): DateView {
  const span = parsePeriod(time.slice(0, 10));
  return { datetime: time, label: span ? `${toDayLabel(span.from)}, ${time.slice(11, 16)} UTC` : time };
}

function monthName(date: string): string {
  return monthNames[Number(date.slice(5, 7)) - 1] ?? '';
}

const sourceLabels: Readonly<Record<string, string>> = {
  listing: 'Pasted listing',
  hf: 'Hugging Face',
  arxiv: 'arXiv',
  'arxiv-search': 'arXiv',
  'arxiv-oai': 'arXiv (OAI-PMH)',
  'arxiv-rss': 'arXiv (RSS)',
  jsonl: 'JSON lines',
  bibtex: 'BibTeX',
  ids: 'List of ids',
};

/** Returns a source's label (`arxiv:cs.CL` → `arXiv cs.CL`), or its own name if it is unknown here. */
export function toSourceLabel(name: string): string {
  const [source = name, part] = name.split(':');
  const label = sourceLabels[source] ?? source;
  return part ? `${label} ${part}` : label;
}

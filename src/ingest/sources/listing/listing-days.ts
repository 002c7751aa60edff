/** Which days a listing means: its own, and those of its papers, as the page leaves a year out when it is the listing's. */
import { type Day, daysBetween, parseDay } from '#core/day.ts';
import { SourceRefused } from '#ingest/source.ts';
import type { PageDate } from './listing-lines.ts';
import type { ListingContext } from './listing-paper.ts';

/**
 * A listing's year: the given one, else the header's in case it writes one, else the file name's, else the first after every year its
 * papers write (as a written year is never the listing's own), else the latest that puts the day not in the future.
 */
export function resolveHeader(header: PageDate, written: readonly number[], context: ListingContext): Day {
  const given = context.year ?? header.year ?? yearInName(context.name);
  const day = given !== null ? dayOf(header, given) : inferDay(header, written, context.today);
  if (!day)
    throw new SourceRefused(
      `Line ${header.line}: “${header.text}” is no day${given === null ? '' : ` of ${given}`}; correct the line or give the day with --day.`,
    );
  if (day > context.today) {
    throw new SourceRefused(
      `Line ${header.line}: “${header.text}” of ${day.slice(0, 4)} lies in the future; give the right year with --year or the day with --day.`,
    );
  }
  return day;
}

/** `daily-papers-2025-12-16.txt`, `2025.txt`, `papers_20251216`: the first year that stands by itself in the name. */
function yearInName(name: string): number | null {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const year = /(?<!\d)((?:19|20)\d\d)(?:(?!\d)|(?=(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)))/.exec(base)?.[1];
  return year ? Number(year) : null;
}

function dayOf(date: PageDate, year: number): Day | null {
  const two = (part: number) => String(part).padStart(2, '0');
  return parseDay(`${year}-${two(date.month)}-${two(date.day)}`);
}

/** 29 February exists every fourth year, and not in 1900 or 2100: eight years on there is one. */
const yearsToLeap = 8;

function inferDay(header: PageDate, written: readonly number[], today: Day): Day | null {
  const days = (first: number, step: number) =>
    Array.from({ length: yearsToLeap + 1 }, (_, i) => dayOf(header, first + i * step)).filter((day) => day !== null);
  const after = written.length > 0 ? days(written.reduce((a, b) => Math.max(a, b)) + 1, 1)[0] : undefined;
  // A year after today's cannot be meant: the page was then read later than its day, and the last rule holds.
  if (after && after <= today) return after;
  return days(Number(today.slice(0, 4)), -1).find((day) => day <= today) ?? null;
}

/** The day a paper appeared, in a list that is of no day. */
export function resolveUndated(date: PageDate, written: readonly number[], context: ListingContext): Day | null {
  const year = date.year ?? context.year ?? yearInName(context.name);
  return year === null ? inferDay(date, written, context.today) : dayOf(date, year);
}

/**
 * The day a paper appeared, null when there is no such day. Without a year it is of the listing's year, or of the year before when it
 * would otherwise lie after the listing: a paper is never listed before it appears (one day is left for time zones).
 */
export function resolveDate(date: PageDate, listed: Day): Day | null {
  if (date.year !== null) return dayOf(date, date.year);
  const year = Number(listed.slice(0, 4));
  const day = dayOf(date, year);
  return day && daysBetween(listed, day) > 1 ? dayOf(date, year - 1) : day;
}

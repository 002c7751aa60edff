/** Resolves the days of a listing and its papers. The page omits a year that equals the listing's. */
import { type Day, daysBetween, parseDay } from '#core/day.ts';
import { SourceRefused } from '#ingest/source.ts';
import type { PageDate } from './listing-lines.ts';
import type { ListingContext } from './listing-paper.ts';

/**
 * Returns the day of a listing. Takes the year from the first of these that exists:
 * 1. the `--year` option, 2. the header, 3. the file name,
 * 4. the year after the latest year written in its papers, since the page omits the listing's own year,
 * 5. the latest year in which the day is not in the future.
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

/** Returns the first year in a file name: `daily-papers-2025-12-16.txt`, `2025.txt`, `papers_20251216`. */
function yearInName(name: string): number | null {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const year = /(?<!\d)((?:19|20)\d\d)(?:(?!\d)|(?=(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)))/.exec(base)?.[1];
  return year ? Number(year) : null;
}

function dayOf(date: PageDate, year: number): Day | null {
  const two = (part: number) => String(part).padStart(2, '0');
  return parseDay(`${year}-${two(date.month)}-${two(date.day)}`);
}

/** Longest gap between two leap years, around 1900 and 2100. */
const yearsToLeap = 8;

function inferDay(header: PageDate, written: readonly number[], today: Day): Day | null {
  const days = (first: number, step: number) =>
    Array.from({ length: yearsToLeap + 1 }, (_, i) => dayOf(header, first + i * step)).filter((day) => day !== null);
  const after = written.length > 0 ? days(written.reduce((a, b) => Math.max(a, b)) + 1, 1)[0] : undefined;
  // Rule 4 cannot give a future day. The page was copied long after its day, so rule 5 applies.
  if (after && after <= today) return after;
  return days(Number(today.slice(0, 4)), -1).find((day) => day <= today) ?? null;
}

/** Returns a paper's publication day in a list without a day; null if no such day exists. */
export function resolveUndated(date: PageDate, written: readonly number[], context: ListingContext): Day | null {
  const year = date.year ?? context.year ?? yearInName(context.name);
  return year === null ? inferDay(date, written, context.today) : dayOf(date, year);
}

/**
 * Returns a paper's publication day; null if no such day exists.
 * A day without a year is in the listing's year, or in the year before if it would be after the listing.
 * Time zones allow it to be one day after.
 */
export function resolveDate(date: PageDate, listed: Day): Day | null {
  if (date.year !== null) return dayOf(date, date.year);
  const year = Number(listed.slice(0, 4));
  const day = dayOf(date, year);
  return day && daysBetween(listed, day) > 1 ? dayOf(date, year - 1) : day;
}

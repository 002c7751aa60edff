/** Calendar days: `YYYY-MM-DD` in UTC, their weeks and months, and publication dates known to the year only. */
import { z } from 'zod';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const msPerDay = 86_400_000;
const firstMs = Date.parse('0000-01-01T00:00:00Z');
const endMs = Date.parse('+010000-01-01T00:00:00Z');

function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** A calendar day, `YYYY-MM-DD`, in UTC. Sorts as text. */
export const DaySchema = z.string().refine(isDay, 'not a calendar day (YYYY-MM-DD)').brand<'Day'>();
export type Day = z.infer<typeof DaySchema>;

/** Returns `text` as a day, or null if the calendar has no such day (`2025-02-30`). */
export function parseDay(text: string): Day | null {
  return isDay(text) ? (text as Day) : null;
}

/** A publication date: a day, or only a year (`2019`) if the source gives no more. */
export const PublicationDateSchema = z
  .string()
  .refine((text) => /^\d{4}$/.test(text) || isDay(text), 'neither a day (YYYY-MM-DD) nor a year (YYYY)')
  .brand<'PublicationDate'>();
export type PublicationDate = z.infer<typeof PublicationDateSchema>;

/** An inclusive range of days; `null` is an open end. */
export type DayRange = { readonly from: Day | null; readonly to: Day | null };
/** An inclusive range of days with both ends. */
export type Period = { readonly from: Day; readonly to: Day };

/** Every day of the years 0000 to 9999. */
export const allDays = { from: '0000-01-01' as Day, to: '9999-12-31' as Day } satisfies Period;
/** Days for which sources can list papers. These days, their weeks and months have pages. */
export const listingDays = { from: '1900-01-01' as Day, to: '2199-12-31' as Day } satisfies Period;
export const isListingDay = (day: Day): boolean => isWithin({ from: day, to: day }, listingDays);
export const ListingDaySchema = DaySchema.refine(
  isListingDay,
  `days from ${listingDays.from} to ${listingDays.to} have listings`,
);

/** Days on which papers can be published. */
export const publicationDays = { from: '1000-01-01' as Day, to: '2199-12-31' as Day } satisfies Period;

/** Throws `RangeError` outside the years 0000 to 9999. */
export function addDays(day: Day, days: number): Day {
  return toDay(Date.parse(`${day}T00:00:00Z`) + days * msPerDay);
}

/** Yields every day of a period in order. Yields nothing if it ends before it starts. */
export function* eachDay({ from, to }: Period): Generator<Day> {
  const count = daysBetween(from, to) + 1;
  for (let i = 0; i < count; i++) yield addDays(from, i);
}

/** Returns the days from `from` to `to`. Negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay);
}

/** Returns the UTC day of a time in ms since 1970. Throws `RangeError` outside the years 0000 to 9999. */
export function toDay(timeMs: number): Day {
  const text = new Date(timeMs).toISOString();
  // `toISOString` writes other years with a sign and six digits.
  if (!/^\d/.test(text)) throw new RangeError(`${text} lies outside the years 0000 to 9999`);
  return text.slice(0, 10) as Day;
}

/** Returns the days since 1970-01-01, as columns and indexes store them. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / msPerDay;
}

/** Returns the first and last day of `2024`, `2024-03`, `2024-03-01` or `2025-W51`. Null for any other text. */
export function parsePeriod(text: string): Period | null {
  const day = parseDay(text);
  if (day) return { from: day, to: day };
  if (/^\d{4}$/.test(text)) return { from: `${text}-01-01` as Day, to: `${text}-12-31` as Day };
  if (/^\d{4}-\d{2}$/.test(text)) return monthPeriod(text);
  return /^\d{4}-W\d{2}$/.test(text) ? weekPeriod(text) : null;
}

function monthPeriod(text: string): Period | null {
  const from = parseDay(`${text}-01`);
  const to = ['31', '30', '29', '28'].map((last) => parseDay(`${text}-${last}`)).find((day) => day !== null);
  return from && to ? { from, to } : null;
}

/** Returns null for the week of 9999-12-31, which ends in the year 10000. */
function weekPeriod(text: string): Period | null {
  const [year = '', week = ''] = text.split('-W');
  const fourth = `${year}-01-04` as Day; // 4 January always lies in week 1 (ISO 8601)
  const first = dayNumber(fourth) + 1 - weekday(fourth) + (Number(week) - 1) * 7;
  if (first < dayNumber(allDays.from) || first + 6 > dayNumber(allDays.to)) return null;
  const from = toDay(first * msPerDay);
  return isoWeek(from) === text ? { from, to: addDays(from, 6) } : null;
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The ISO 8601 week of a day, `2025-W51`; the first two days of the year 0000 lie in `-000001-W52`. */
export function isoWeek(day: Day): string {
  const thursday = new Date((dayNumber(day) + 4 - weekday(day)) * msPerDay).toISOString();
  const year = thursday.slice(0, -'-01-01T00:00:00.000Z'.length);
  const daysBefore = (Date.parse(thursday) - Date.parse(`${year}-01-01T00:00:00Z`)) / msPerDay;
  return `${year}-W${String(Math.floor(daysBefore / 7) + 1).padStart(2, '0')}`;
}

/** `2025-12` of a day. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** Returns the period of a publication date: one day, or the whole year. */
export function publicationPeriod(date: PublicationDate): Period {
  return date.length === 4
    ? { from: `${date}-01-01` as Day, to: `${date}-12-31` as Day }
    : { from: date as string as Day, to: date as string as Day };
}

export function isWithin(period: Period, range: DayRange): boolean {
  return (range.from === null || period.from >= range.from) && (range.to === null || period.to <= range.to);
}

/**
 * Returns the ms since 1970 of an ISO 8601 time with a zone. Null if invalid or outside the years 0000 to 9999 in UTC.
 */
export function parseInstant(text: string): number | null {
  const time = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  return time >= firstMs && time < endMs ? time : null;
}

/** Returns a time in ms since 1970 as ISO 8601 in UTC. */
export function toInstant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

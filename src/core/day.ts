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

/** The real calendar day `text` names, or null: `2025-02-30` is none. */
export function parseDay(text: string): Day | null {
  return isDay(text) ? (text as Day) : null;
}

/** When a paper appeared: a day, or only its year (`2019`), as some sources know no more. */
export const PublicationDateSchema = z
  .string()
  .refine((text) => /^\d{4}$/.test(text) || isDay(text), 'neither a day (YYYY-MM-DD) nor a year (YYYY)')
  .brand<'PublicationDate'>();
export type PublicationDate = z.infer<typeof PublicationDateSchema>;

/** An inclusive range of days; `null` is an open end. */
export type DayRange = { readonly from: Day | null; readonly to: Day | null };
/** An inclusive range of days that has both ends. */
export type Period = { readonly from: Day; readonly to: Day };

/** Every day that can be written with a year of four digits. */
export const allDays = { from: '0000-01-01' as Day, to: '9999-12-31' as Day } satisfies Period;
/** The days that sources can list papers on: they, their weeks and their months have pages. */
export const listingDays = { from: '1900-01-01' as Day, to: '2199-12-31' as Day } satisfies Period;
export const isListingDay = (day: Day): boolean => isWithin({ from: day, to: day }, listingDays);
export const ListingDaySchema = DaySchema.refine(
  isListingDay,
  `days from ${listingDays.from} to ${listingDays.to} have listings`,
);

/** The days that papers can appear on. */
export const publicationDays = { from: '1000-01-01' as Day, to: '2199-12-31' as Day } satisfies Period;

/** Throws a `RangeError` outside the years 0000 to 9999. */
export function addDays(day: Day, days: number): Day {
  return toDay(Date.parse(`${day}T00:00:00Z`) + days * msPerDay);
}

/** Every day of a period in order; nothing when it ends before it begins. */
export function* eachDay({ from, to }: Period): Generator<Day> {
  const count = daysBetween(from, to) + 1;
  for (let i = 0; i < count; i++) yield addDays(from, i);
}

/** Days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay);
}

/** The UTC day of a time in milliseconds since 1970; throws a `RangeError` outside the years 0000 to 9999. */
export function toDay(timeMs: number): Day {
  const text = new Date(timeMs).toISOString();
  // Other years are written with a sign and six digits.
  if (!/^\d/.test(text)) throw new RangeError(`${text} lies outside the years 0000 to 9999`);
  return text.slice(0, 10) as Day;
}

/** Whole days since 1970-01-01: the number columns and indexes hold. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / msPerDay;
}

/** First and last day of what a period names: `2024`, `2024-03`, `2024-03-01`, `2025-W51`; null when it names none. */
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

/** Null also for the week of 9999-12-31, which ends in another year than can be written. */
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

/** The days a publication date can mean: one day, or its whole year. */
export function publicationPeriod(date: PublicationDate): Period {
  return date.length === 4
    ? { from: `${date}-01-01` as Day, to: `${date}-12-31` as Day }
    : { from: date as string as Day, to: date as string as Day };
}

export function isWithin(period: Period, range: DayRange): boolean {
  return (range.from === null || period.from >= range.from) && (range.to === null || period.to <= range.to);
}

/** Milliseconds since 1970 of an ISO 8601 time with its zone; null for what is none, or lies in no year of four digits in UTC. */
export function parseInstant(text: string): number | null {
  const time = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  return time >= firstMs && time < endMs ? time : null;
}

/** ISO 8601 in UTC of milliseconds since 1970. */
export function toInstant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

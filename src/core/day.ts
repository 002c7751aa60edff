/** Calendar days: `YYYY-MM-DD` in UTC, their weeks and months, and publication dates known to the year only. */
import { z } from 'zod';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const msPerDay = 86_400_000;

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

export function addDays(day: Day, days: number): Day {
  return toDay(Date.parse(`${day}T00:00:00Z`) + days * msPerDay);
}

/** Days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay);
}

/** The UTC day of a time in milliseconds since 1970. */
export function toDay(timeMs: number): Day {
  return new Date(timeMs).toISOString().slice(0, 10) as Day;
}

/** Whole days since 1970-01-01: the number columns and indexes hold. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / msPerDay;
}

/** First and last day of what a period names: `2024`, `2024-03`, `2024-03-01`, `2025-W51`; null when it names none. */
export function parsePeriod(text: string): { readonly from: Day; readonly to: Day } | null {
  const day = parseDay(text);
  if (day) return { from: day, to: day };
  if (/^\d{4}$/.test(text)) return { from: `${text}-01-01` as Day, to: `${text}-12-31` as Day };
  if (/^\d{4}-\d{2}$/.test(text)) return monthPeriod(text);
  return /^\d{4}-W\d{2}$/.test(text) ? weekPeriod(text) : null;
}

function monthPeriod(text: string) {
  const from = parseDay(`${text}-01`);
  if (!from) return null;
  const [year = 0, month = 0] = text.split('-').map(Number);
  return { from, to: toDay(Date.UTC(year, month, 0)) };
}

function weekPeriod(text: string) {
  const [year = 0, week = 0] = text.split('-W').map(Number);
  const fourth = toDay(Date.UTC(year, 0, 4)); // 4 January always lies in week 1 (ISO 8601)
  const from = addDays(fourth, 1 - weekday(fourth) + (week - 1) * 7);
  return isoWeek(from) === text ? { from, to: addDays(from, 6) } : null;
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The ISO 8601 week of a day, `2025-W51`. */
export function isoWeek(day: Day): string {
  const thursday = addDays(day, 4 - weekday(day));
  const year = Number(thursday.slice(0, 4));
  const week = Math.floor(daysBetween(toDay(Date.UTC(year, 0, 1)), thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

/** `2025-12` of a day. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** The days a publication date can mean: one day, or its whole year. */
export function publicationPeriod(date: PublicationDate): { readonly from: Day; readonly to: Day } {
  return date.length === 4
    ? { from: `${date}-01-01` as Day, to: `${date}-12-31` as Day }
    : { from: date as string as Day, to: date as string as Day };
}

export function isWithin(period: { readonly from: Day; readonly to: Day }, range: DayRange): boolean {
  return (range.from === null || period.from >= range.from) && (range.to === null || period.to <= range.to);
}

/** Milliseconds since 1970 of an ISO 8601 time with its zone, or null. */
export function parseInstant(text: string): number | null {
  const time = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** ISO 8601 in UTC of milliseconds since 1970. */
export function toInstant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

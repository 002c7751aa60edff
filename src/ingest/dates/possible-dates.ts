/** Decides which dates a record can have. Applied when a record is read and when papers are merged. */
import {
  type Day,
  daysBetween,
  isListingDay,
  isWithin,
  type PublicationDate,
  parseDay,
  publicationDays,
  publicationPeriod,
} from '#core/day.ts';
import type { StoredRecord } from '#core/record.ts';
import { laterTime } from '#ingest/identify/merge-records.ts';

/** Days. In the earliest time zone a listing is dated up to a day ahead of UTC. */
const daysAheadMax = 1;
const reasonsMax = 3;

/**
 * Returns the record without its impossible dates, and a reason for each of them.
 * Compares a date with the later of `now` and its time of reading, both ISO 8601 in UTC.
 * So a clock that is slow removes no date.
 */
export function withPossibleDates(
  record: StoredRecord,
  now: string,
): { readonly record: StoredRecord; readonly reasons: readonly string[] } {
  const { publishedOn, ...rest } = record;
  const publicationError =
    publishedOn === undefined ? null : publicationDateError(publishedOn, laterTime(now, record.fetchedAt));
  const checkedListings = record.listings.map((listing) => ({
    listing,
    error: listingDayError(listing.day, laterTime(now, listing.at)),
  }));
  const reasons = [publicationError, ...checkedListings.map(({ error }) => error)].filter((reason) => reason !== null);
  if (reasons.length === 0) return { record, reasons };
  const listings = checkedListings.filter(({ error }) => error === null).map(({ listing }) => listing);
  return {
    record: { ...rest, ...(publishedOn && publicationError === null ? { publishedOn } : {}), listings },
    reasons,
  };
}

/**
 * Drops an impossible publication date of a stored record if its source now states another.
 * Otherwise the merge could keep the impossible date.
 */
export function withoutOverruledDate(stored: StoredRecord, stated: StoredRecord, now: string): StoredRecord {
  if (stated.publishedOn === undefined || withPossibleDates(stored, now).record.publishedOn !== undefined)
    return stored;
  const { publishedOn: _, ...rest } = stored;
  return rest;
}

/** Joins the first three reasons and counts the others. */
export function joinReasons(reasons: readonly string[]): string {
  const more = reasons.length - reasonsMax;
  return [...reasons.slice(0, reasonsMax), ...(more > 0 ? [`and ${more} more dates`] : [])].join('; ');
}

/** Returns why papers read at `time` cannot be listed on `day`; null if they can. */
export function listingDayError(day: Day, time: string): string | null {
  if (!isListingDay(day)) return `the listing day ${day} was left out: listings are of the years 1900 to 2199`;
  const today = dayOf(time);
  if (daysBetween(today, day) <= daysAheadMax) return null;
  return `the listing day ${day} was left out: it lies more than a day after ${today}, when it was read`;
}

/** Returns why a paper read at `time` cannot have the date; null if it can. A year counts as its first day. */
function publicationDateError(date: PublicationDate, time: string): string | null {
  const period = publicationPeriod(date);
  if (!isWithin(period, publicationDays))
    return `the publication date ${date} was left out: papers are of the years 1000 to 2199`;
  const today = dayOf(time);
  // Compare as text, because 29 February does not exist a year later.
  const yearLater = `${String(Number(today.slice(0, 4)) + 1).padStart(4, '0')}${today.slice(4)}`;
  if (period.from <= yearLater) return null;
  return `the publication date ${date} was left out: it lies more than a year after ${today}, when it was read`;
}

/** Times are ISO 8601, so they begin with their day. */
const dayOf = (time: string): Day => parseDay(time.slice(0, 10)) ?? ('1970-01-01' as Day);

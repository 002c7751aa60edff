/** Which dates a record can have: judged here alone, when a record is read and whenever a paper is derived from stored records. */
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

/** A listing may be dated by the clocks of the earliest time zone. */
const listedAheadMax = 1;
const reasonsMax = 3;

/**
 * The record without the dates that it cannot have, and why each was left out. A date is judged by the later of `now` and the time at
 * which it was read, both ISO 8601 in UTC: a clock that stands too early takes nothing away.
 */
export function withPossibleDates(
  record: StoredRecord,
  now: string,
): { readonly record: StoredRecord; readonly reasons: readonly string[] } {
  const { publishedOn, ...rest } = record;
  const whyUnpublished =
    publishedOn === undefined ? null : whyNotPublished(publishedOn, laterTime(now, record.fetchedAt));
  const judged = record.listings.map((listing) => ({
    listing,
    why: whyNotListed(listing.day, laterTime(now, listing.at)),
  }));
  const reasons = [whyUnpublished, ...judged.map(({ why }) => why)].filter((why) => why !== null);
  if (reasons.length === 0) return { record, reasons };
  const listings = judged.filter(({ why }) => why === null).map(({ listing }) => listing);
  return { record: { ...rest, ...(publishedOn && whyUnpublished === null ? { publishedOn } : {}), listings }, reasons };
}

/** The stored record without a publication date that it cannot have, once its source gives another: that one would not outweigh it. */
export function withoutOverruledDate(stored: StoredRecord, stated: StoredRecord, now: string): StoredRecord {
  if (stated.publishedOn === undefined || withPossibleDates(stored, now).record.publishedOn !== undefined)
    return stored;
  const { publishedOn: _, ...rest } = stored;
  return rest;
}

/** One sentence of several reasons. */
export function sayReasons(reasons: readonly string[]): string {
  const more = reasons.length - reasonsMax;
  return [...reasons.slice(0, reasonsMax), ...(more > 0 ? [`and ${more} more dates`] : [])].join('; ');
}

/** Null for a day on which papers can have been listed at a time. */
export function whyNotListed(day: Day, time: string): string | null {
  if (!isListingDay(day)) return `the listing day ${day} was left out: listings are of the years 1900 to 2199`;
  const today = dayOf(time);
  if (daysBetween(today, day) <= listedAheadMax) return null;
  return `the listing day ${day} was left out: it lies more than a day after ${today}, when it was read`;
}

/** Of a year its first day counts. */
function whyNotPublished(date: PublicationDate, time: string): string | null {
  const period = publicationPeriod(date);
  if (!isWithin(period, publicationDays))
    return `the publication date ${date} was left out: papers are of the years 1000 to 2199`;
  const today = dayOf(time);
  // Compared as text: 29 February has no day a year later, and needs none.
  const yearLater = `${String(Number(today.slice(0, 4)) + 1).padStart(4, '0')}${today.slice(4)}`;
  if (period.from <= yearLater) return null;
  return `the publication date ${date} was left out: it lies more than a year after ${today}, when it was read`;
}

/** Times are stored as text that begins with their day. */
const dayOf = (time: string): Day => parseDay(time.slice(0, 10)) ?? ('1970-01-01' as Day);

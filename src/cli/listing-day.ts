/** Parses the argument of `--day` and similar options. */
import { InvalidArgumentError } from 'commander';
import { type Day, isListingDay, listingDays, parseDay } from '#core/day.ts';

/** Throws an `InvalidArgumentError` for an invalid day and for one outside the range of listings. */
export function toListingDay(text: string): Day {
  const day = parseDay(text);
  if (!day) throw new InvalidArgumentError(`${text} is no calendar day; it is written YYYY-MM-DD.`);
  if (!isListingDay(day))
    throw new InvalidArgumentError(`${text} is too far away; days go from ${listingDays.from} to ${listingDays.to}.`);
  return day;
}

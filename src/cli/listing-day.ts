/** A day that a command is given. */
import { InvalidArgumentError } from 'commander';
import { type Day, isListingDay, listingDays, parseDay } from '#core/day.ts';

/** Throws an `InvalidArgumentError` for what is no day of the years that listings have. */
export function toListingDay(text: string): Day {
  const day = parseDay(text);
  if (!day) throw new InvalidArgumentError(`${text} is no calendar day; it is written YYYY-MM-DD.`);
  if (!isListingDay(day))
    throw new InvalidArgumentError(`${text} is too far away; days go from ${listingDays.from} to ${listingDays.to}.`);
  return day;
}

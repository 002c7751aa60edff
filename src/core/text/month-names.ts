/** English month names. */

/** In calendar order. The first three letters are the short name. */
export const monthNames: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');

/** Returns 1 to 12 for a month name or its first three letters, in any case. Otherwise 0. */
export function monthNumber(name: string): number {
  return monthNames.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}

/** The months by their English names. */

/** In order; the first three letters of each are its short name. */
export const monthNames: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');

/** 1 to 12 of a name or its beginning of three letters, in any case; 0 for anything else. */
export function monthNumber(name: string): number {
  return monthNames.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}

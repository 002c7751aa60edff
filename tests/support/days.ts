/** Turns a text that is known to be valid into a day. */
import { type Day, DaySchema } from '#core/day.ts';

export const aDay = (text: string): Day => DaySchema.parse(text);

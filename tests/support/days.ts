/** Days for tests, from text that is known to be one. */
import { type Day, DaySchema } from '#core/day.ts';

export const aDay = (text: string): Day => DaySchema.parse(text);

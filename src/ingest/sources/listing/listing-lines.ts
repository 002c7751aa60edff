/** The lines of a pasted page as they are, each told apart: facts of a paper, furniture of the page, text. */
import { cleanText } from '#core/text/clean-text.ts';
import { monthNumber } from '#core/text/month-names.ts';

/** A date as the page writes it; the year only when it is not the listing's own. */
export type PageDate = {
  readonly line: number;
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
  readonly text: string;
};

/** What one line says of a paper: `• 4 authors`, `·`, `Sep 2, 2021 5`, or all of it. */
export type FactPieces = {
  readonly isMarked: boolean;
  readonly hasSeparator: boolean;
  readonly authors: number | null;
  readonly date: PageDate | null;
  readonly comments: number | null;
};

const monthName =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const dot = '[·•‧∙⋅・|]';
const year = '(?<year>(?:19|20)\\d\\d)(?!\\d)';
/** `Dec 16`, `Tue, December 16th, 2025`, `16 Dec 2025`, `2025-12-16`: how pages, and people who correct them, write a day. */
const date =
  `(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:(?<month>${monthName})\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?(?:(?:, ?| )${year})?|` +
  `(?<day>\\d{1,2})(?:st|nd|rd|th)? (?<month>${monthName})\\b\\.?(?:,? ${year})?|${year}-(?<month>0[1-9]|1[0-2])-(?<day>\\d{2}))`;
const commentCount = `(?: ?(?:${dot}|💬) ?| )(?<comments>\\d[\\d,]*)(?: comments?)?`;
const facts = new RegExp(
  `^(?<mark>[•‣●▪*–-]\\s*)?(?:(?<authors>[\\d,]+) authors?)?\\s*(?<separator>${dot})?\\s*(?:${date}(?:${commentCount})?)?$`,
  'iu',
);
const factsCharsMax = 80;

/** The pieces of a line that holds nothing but facts, else null; `number` is the line's. */
export function readFacts(line: string, number: number): FactPieces | null {
  const found = line.length <= factsCharsMax ? facts.exec(line)?.groups : undefined;
  if (!found || line === '' || /^[*–-]$/.test(line)) return null;
  const { mark, authors, separator, month, day, year, comments } = found;
  if (mark && !authors && !/^[•‣●▪]/.test(mark)) return null;
  return {
    isMarked: mark !== undefined,
    hasSeparator: separator !== undefined || (mark !== undefined && authors === undefined),
    authors: toNumber(authors),
    date: month && day ? { ...toDate(month, day, year), line: number } : null,
    comments: toNumber(comments),
  };
}

function toDate(month: string, day: string, year: string | undefined): Omit<PageDate, 'line'> {
  const named = monthNumber(month);
  const text = named === 0 ? `${year}-${month}-${day}` : `${month} ${day}${year ? `, ${year}` : ''}`;
  return { month: named || Number(month), day: Number(day), year: toNumber(year), text };
}

export function toNumber(digits: string | undefined): number | null {
  const number = digits ? Number(digits.replaceAll(',', '')) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}

/** Starts like an author count but does not go on as one: `• 4 authors · Smarch 9`. */
export const isBrokenCount = (line: string): boolean =>
  line.length <= factsCharsMax && /^[•‣●▪*–-]\s*[\d,]+ authors?\b/i.test(line);

/** Stands where a date should, and looks like one. */
export const isBrokenDate = (line: string): boolean =>
  (line.length <= 20 && /\d/.test(line)) ||
  (line.length <= factsCharsMax && new RegExp(`^(?:${monthName})\\.? ?\\d`, 'i').test(line));

const furniture = new Set(
  `new|subscribe|daily papers|papers|trending papers|previous|next|daily|weekly|monthly|search|load more|hugging face|models|datasets|
  spaces|buckets|community|docs|enterprise|pricing|log in|sign up|company|website|tos|terms of service|privacy|about|careers|jobs|tasks|
  hub|transformers|diffusers|trending|theme|system theme|back to top|more papers|view all|no papers yet|upvote|upvotes`
    .split('|')
    .map((word) => word.trim()),
);
const furnitureLine =
  /^get trending papers in your email inbox|^submitted by\b.{0,40}$|^by ?@?\s?ak(?:haliq)?\b.{0,60}$|^search models, datasets|^back to (?:articles|papers)|^(?:© |hugging face ©)/i;

/** A line that belongs to the page and to no paper: banner, navigation, footer. */
export const isBoilerplate = (line: string): boolean =>
  line.length <= 80 && (furniture.has(line.toLowerCase()) || furnitureLine.test(line));

/** The line that only a page of daily papers has. */
export const isBanner = (line: string): boolean => /^daily papers$|^get trending papers in your|^by ?ak\b/i.test(line);

/** Clean lines, numbered from 1 by their place; an empty one separates. A page that was quoted in a mail is read without its marks. */
export function toLines(text: string): string[] {
  // Word processors have line ends of their own; beside real ones they stand inside abstracts.
  const lines = text.split(/[\r\n]/.test(text) ? /\r\n?|\n/ : /[\v\f\u0085\u2028\u2029]/).map(cleanText);
  const isQuoted = lines.every((line) => line === '' || line.startsWith('>'));
  return isQuoted ? lines.map((line) => line.replace(/^(?:> ?)+/, '')) : lines;
}

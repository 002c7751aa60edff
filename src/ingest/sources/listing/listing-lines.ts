/** Classifies single lines of a pasted page: a paper's metadata, boilerplate of the page, or text. */
import { cleanText } from '#core/text/clean-text.ts';
import { monthNumber } from '#core/text/month-names.ts';

/** A date as written on the page. `year` is null if it is the listing's own. */
export type PageDate = {
  readonly line: number;
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
  readonly text: string;
};

/** The metadata on one line: `• 4 authors`, `·`, `Sep 2, 2021 5` (5 comments), or all of them. */
export type MetadataPieces = {
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
/** A day as pages and people write it: `Dec 16`, `Tue, December 16th, 2025`, `16 Dec 2025`, `2025-12-16`. */
const date =
  `(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:(?<month>${monthName})\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?(?:(?:, ?| )${year})?|` +
  `(?<day>\\d{1,2})(?:st|nd|rd|th)? (?<month>${monthName})\\b\\.?(?:,? ${year})?|${year}-(?<month>0[1-9]|1[0-2])-(?<day>\\d{2}))`;
const commentCount = `(?: ?(?:${dot}|💬) ?| )(?<comments>\\d[\\d,]*)(?: comments?)?`;
const metadata = new RegExp(
  `^(?<mark>[•‣●▪*–-]\\s*)?(?:(?<authors>[\\d,]+) authors?)?\\s*(?<separator>${dot})?\\s*(?:${date}(?:${commentCount})?)?$`,
  'iu',
);
const metadataCharsMax = 80;

/** Parses a line that contains only metadata, else returns null. `number`: line number. */
export function readMetadata(line: string, number: number): MetadataPieces | null {
  const found = line.length <= metadataCharsMax ? metadata.exec(line)?.groups : undefined;
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

/** Starts like metadata but does not parse: `• 4 authors · Smarch 9`. */
export const isMalformedMetadata = (line: string): boolean =>
  line.length <= metadataCharsMax && /^[•‣●▪*–-]\s*[\d,]+ authors?\b/i.test(line);

/** Looks like a date. The caller checks that a date is expected. */
export const looksLikeDate = (line: string): boolean =>
  (line.length <= 20 && /\d/.test(line)) ||
  (line.length <= metadataCharsMax && new RegExp(`^(?:${monthName})\\.? ?\\d`, 'i').test(line));

const boilerplateLines = new Set(
  `new|subscribe|daily papers|papers|trending papers|previous|next|daily|weekly|monthly|search|load more|hugging face|models|datasets|
  spaces|buckets|community|docs|enterprise|pricing|log in|sign up|company|website|tos|terms of service|privacy|about|careers|jobs|tasks|
  hub|transformers|diffusers|trending|theme|system theme|back to top|more papers|view all|no papers yet|upvote|upvotes`
    .split('|')
    .map((word) => word.trim()),
);
const boilerplatePattern =
  /^get trending papers in your email inbox|^submitted by\b.{0,40}$|^by ?@?\s?ak(?:haliq)?\b.{0,60}$|^search models, datasets|^back to (?:articles|papers)|^(?:© |hugging face ©)/i;

/** Boilerplate of the page: banner, navigation, footer. */
export const isBoilerplate = (line: string): boolean =>
  line.length <= 80 && (boilerplateLines.has(line.toLowerCase()) || boilerplatePattern.test(line));

/** A line that occurs only on a page of daily papers. */
export const isBanner = (line: string): boolean => /^daily papers$|^get trending papers in your|^by ?ak\b/i.test(line);

/** Returns the cleaned lines. Removes the `>` marks of a page that was quoted in a mail. */
export function toLines(text: string): string[] {
  // Word processors use other line separators. Next to `\n` these occur inside abstracts, so do not split there.
  const lines = text.split(/[\r\n]/.test(text) ? /\r\n?|\n/ : /[\v\f\u0085\u2028\u2029]/).map(cleanText);
  const isQuoted = lines.every((line) => line === '' || line.startsWith('>'));
  return isQuoted ? lines.map((line) => line.replace(/^(?:> ?)+/, '')) : lines;
}

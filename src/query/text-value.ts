/** Cleans, quotes and trims the words of a query. */

import { parseArxivId } from '#core/arxiv-id.ts';
import type { TextField } from '#core/condition.ts';
import { withoutInvisible } from '#core/text/invisible-characters.ts';
import { isCommonText, termsOf } from '#core/text/terms.ts';
import type { WrittenValue } from './filters/filter.ts';

/** Punctuation that is trimmed from words. It excludes `+` and `#` (`C++`) and the characters of TeX. */
const edges = new Set(",.;:!?()[]<>'‘’*-‐‑‒–—−…&/");
/** The quote of a TeX umlaut (`B\"uchi`) neither opens nor closes a phrase. */
const texQuotes = /\\"(?=[A-Za-z{\\])/g;
/** Matches text that the parser would read as a qualifier with its value. */
const qualified = /^[A-Za-z]{1,20}:[^/:]/;
const operators = new Set(['OR', 'AND', 'NOT']);

export function isTexQuote(text: string, at: number): boolean {
  return text[at - 1] === '\\' && /[A-Za-z{\\]/.test(text[at + 1] ?? '');
}

/** Returns one line in NFC, without control and invisible characters, with straight double quotes. */
export function cleanLine(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return withoutInvisible(text.toWellFormed().replace(/[\p{Cc}\s]/gu, ' '))
    .normalize('NFC')
    .replace(/[“”„‟]/g, '"');
}

export function trimEdges(text: string): string {
  let start = 0;
  while (edges.has(text[start] ?? '')) start++;
  let end = text.length;
  // The closing bracket of `O(n)` belongs to the word.
  const closing = text.slice(start).includes('(') ? ')' : '';
  while (end > start && text[end - 1] !== closing && edges.has(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}

/** Whether the text has only stop words. Names of authors and organisations have none. */
export function isCommon(field: TextField, text: string): boolean {
  return field !== 'author' && field !== 'org' && isCommonText(trimEdges(text));
}

/** Whether the parser reads `text` without quotes as the same word. */
function isPlainWord(field: TextField, text: string): boolean {
  return (
    /^[^\s"|*=][^\s"|*]*$/u.test(text.replace(texQuotes, '')) &&
    !qualified.test(text) &&
    trimEdges(text) === text &&
    cleanLine(text) === text &&
    !operators.has(text) &&
    !isCommon(field, text) &&
    !(/\d{3}/.test(text) && parseArxivId(text))
  );
}

function isPlainPrefix(text: string): boolean {
  return /^[\p{L}\p{N}\p{M}\p{Co}]+$/u.test(text) && /^[\p{L}\p{N}]/u.test(text) && cleanLine(text) === text;
}

/** Removes the quotes that would end a phrase. */
function phraseText(text: string): string {
  return cleanLine(text)
    .replace(/(?<!\\)"|"(?![A-Za-z{\\])/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

export type ReadText = { readonly match: 'word' | 'phrase' | 'prefix'; readonly text: string };

/** Returns null if the value has no word. A word that needs quotes becomes a phrase, which means the same. */
export function readText(field: TextField, { text, quoted }: WrittenValue): ReadText | null {
  if (termsOf(text).length === 0) return null;
  if (quoted) return { match: 'phrase', text: phraseText(text) };
  const word = trimEdges(text);
  const isPrefix = text.endsWith('*') && isPlainPrefix(word);
  if (isPrefix) return { match: 'prefix', text: word };
  return isPlainWord(field, word) ? { match: 'word', text: word } : { match: 'phrase', text: phraseText(word) };
}

export function writeText(field: TextField, { match, text }: ReadText): string {
  if (match === 'word' && isPlainWord(field, text)) return text;
  if (match === 'prefix' && isPlainPrefix(text)) return `${text}*`;
  return `"${phraseText(text)}"`;
}

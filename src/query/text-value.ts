/** How words are written: which stand bare, which need quotes, and what is cut off their edges. */

import { parseArxivId } from '#core/arxiv-id.ts';
import type { TextField } from '#core/condition.ts';
import { withoutInvisible } from '#core/text/invisible-characters.ts';
import { isCommonText, termsOf } from '#core/text/terms.ts';
import type { WrittenValue } from './filters/filter.ts';

/** Punctuation of sentences around a word; `+` and `#` stay (`C++`), and so do the signs of TeX. */
const edges = new Set(",.;:!?()[]<>'‘’*-‐‑‒–—−…&/");
/** The quote of a TeX umlaut (`B\"uchi`) neither opens nor closes a phrase. */
const texQuotes = /\\"(?=[A-Za-z{\\])/g;
/** What would be read as a qualifier with its value. */
const qualified = /^[A-Za-z]{1,20}:[^/:]/;
const operators = new Set(['OR', 'AND', 'NOT']);

export function isTexQuote(text: string, at: number): boolean {
  return text[at - 1] === '\\' && /[A-Za-z{\\]/.test(text[at + 1] ?? '');
}

/** One line without control and invisible characters, composed, with straight double quotes. */
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
  // The bracket of `O(n)` belongs to the word.
  const keep = text.slice(start).includes('(') ? ')' : '';
  while (end > start && text[end - 1] !== keep && edges.has(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}

/** Whether these are only words that are too common to search for; names may be such words. */
export function isCommon(field: TextField, text: string): boolean {
  return field !== 'author' && field !== 'org' && isCommonText(trimEdges(text));
}

/** Whether `text` written bare would be read as the word it is. */
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

/** The words of a phrase without what would end it. */
function phraseText(text: string): string {
  return cleanLine(text)
    .replace(/(?<!\\)"|"(?![A-Za-z{\\])/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

export type ReadText = { readonly match: 'word' | 'phrase' | 'prefix'; readonly text: string };

/** What a written value asks for; null when there is nothing of a word in it. What cannot stand bare is a phrase, which means the same. */
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

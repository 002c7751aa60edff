/** How text becomes search terms: one analysis for the full-text index, the engine, `matches` and the marks in a page. */
import { stemmer } from 'stemmer';
import { decodeTexAccents } from './tex.ts';

/** A term and the half-open span of characters it was read from. */
export type Token = { readonly term: string; readonly start: number; readonly end: number };

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const ascii = /^[a-z]{3,40}$/;

const stems = new Map<string, string>();
const stemsMax = 200_000;

/** Lower case, compatibility forms and accents folded: `Büchi` and `buchi`, `𝜋` and `π` are one. */
export function foldText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII test spares the common case two normalisations
  return /^[\x00-\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
}

/** Porter's stem of a folded word; words with digits or other scripts stay as they are. */
export function stemWord(folded: string): string {
  if (!ascii.test(folded)) return folded;
  let stem = stems.get(folded);
  if (stem === undefined) {
    if (stems.size >= stemsMax) stems.clear();
    stem = stemmer(folded);
    stems.set(folded, stem);
  }
  return stem;
}

/**
 * The terms of a text in order, each with its span in `text`: words folded and stemmed; runs of Chinese, Japanese
 * and Korean as character bigrams (a single character stands for itself).
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: raw, index } of text.matchAll(word)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    if (/^[\x00-\x7f]*$/.test(raw)) tokens.push({ term: stemWord(raw.toLowerCase()), start: index, end: index + raw.length });
    else pushMixed(tokens, raw, index);
  }
  return tokens;
}

function pushMixed(tokens: Token[], raw: string, offset: number): void {
  let last = 0;
  for (const { 0: run, index } of raw.matchAll(cjk)) {
    pushWord(tokens, raw.slice(last, index), offset + last);
    pushBigrams(tokens, run, offset + index);
    last = index + run.length;
  }
  pushWord(tokens, raw.slice(last), offset + last);
}

function pushWord(tokens: Token[], raw: string, start: number): void {
  // A compatibility form may fold to several words (`㎧` to `m∕s`): they share the span.
  for (const part of foldText(raw).match(word) ?? []) tokens.push({ term: stemWord(part), start, end: start + raw.length });
}

function pushBigrams(tokens: Token[], run: string, start: number): void {
  const characters = Array.from(run);
  let at = start;
  for (let i = 0; i < Math.max(1, characters.length - 1); i++) {
    const pair = characters.slice(i, i + 2).join('');
    tokens.push({ term: foldText(pair), start: at, end: at + pair.length });
    at += characters[i]?.length ?? 0;
  }
}

/** The terms of a text whose TeX accents are read as letters (`B\"uchi` is `buchi`). */
export function termsOf(text: string): string[] {
  return tokenize(decodeTexAccents(text)).map((token) => token.term);
}

/** The folded, unstemmed words of a text: what "did you mean" and prefixes are made of. */
export function wordsOf(text: string): string[] {
  return foldText(decodeTexAccents(text)).match(word) ?? [];
}

/** Words too common to ask for; they count inside a phrase only. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can could
  did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself
  just may me might more most must my no nor not of off on once only or other our out over own same she should so some such than that the
  their them then there these they this those through to too under until up upon very was we were what when where which while who whom why
  will with would you your`.split(/\s+/),
);

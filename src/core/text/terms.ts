/** Converts text to search terms. The search engine, `matches` and highlights share this analysis. */
import { stemmer } from 'stemmer';
import { decodeTexAccents } from './tex.ts';

/** A term and its half-open span of characters in the source text. */
export type Token = { readonly term: string; readonly start: number; readonly end: number };

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const stemmed = /^[a-z0-9]{3,64}$/;
const asciiWord = /[a-z0-9]+/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the ASCII range
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

const stems = new Map<string, string>();
const stemsMax = 200_000;

/** Letters without a Unicode decomposition, as people without them on their keyboard type them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};
const plainLetter = /[ßæœøłđðþıħ]/g;

/** Folds case, compatibility forms and accents: `Büchi` is `buchi`, `Łukasz` is `lukasz`, `𝜋` is `π`. */
export function foldText(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return plain.replace(plainLetter, (letter) => plainLetters[letter] ?? letter);
}

/** Returns Porter's stem of a folded word. Words in other scripts stay unchanged. */
export function stemWord(folded: string): string {
  let stem = stems.get(folded);
  if (stem === undefined) {
    if (stems.size >= stemsMax) stems.clear();
    stem = stemmed.test(folded) ? stemmer(folded) : folded;
    stems.set(folded, stem);
  }
  return stem;
}

type Word = { readonly word: string; readonly start: number; readonly end: number };

/**
 * Returns the folded words of a text in order. Chinese, Japanese and Korean become character bigrams, or a unigram for
 * a single character.
 */
function scan(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: raw, index } of text.matchAll(word)) {
    if (isAscii(raw)) words.push({ word: raw.toLowerCase(), start: index, end: index + raw.length });
    else pushMixed(words, raw, index);
  }
  return words;
}

function pushMixed(words: Word[], raw: string, offset: number): void {
  let last = 0;
  for (const { 0: run, index } of raw.matchAll(cjk)) {
    pushWord(words, raw.slice(last, index), offset + last);
    pushBigrams(words, run, offset + index);
    last = index + run.length;
  }
  pushWord(words, raw.slice(last), offset + last);
}

function pushWord(words: Word[], raw: string, start: number): void {
  // A compatibility form may fold to several words (`㎧` to `m∕s`), which share the span.
  for (const part of foldText(raw).match(word) ?? []) words.push({ word: part, start, end: start + raw.length });
}

function pushBigrams(words: Word[], run: string, start: number): void {
  const characters = Array.from(run);
  let at = start;
  for (let i = 0; i < Math.max(1, characters.length - 1); i++) {
    const pair = characters.slice(i, i + 2).join('');
    words.push({ word: foldText(pair), start: at, end: at + pair.length });
    at += characters[i]?.length ?? 0;
  }
}

/** Returns the terms of a text in order, each with its span in `text`. A term is a folded, stemmed word or a bigram. */
export function tokenize(text: string): Token[] {
  return scan(text).map(({ word, start, end }) => ({ term: stemWord(word), start, end }));
}

/** Returns the terms of a text after decoding TeX accents (`B\"uchi` is `buchi`). */
export function termsOf(text: string): string[] {
  const plain = decodeTexAccents(text);
  // Fast path for ASCII: no folding, no spans. It is three times as fast.
  if (isAscii(plain)) return (plain.toLowerCase().match(asciiWord) ?? []).map(stemWord);
  return tokenize(plain).map((token) => token.term);
}

/** Returns the folded, unstemmed words of a text, for spelling suggestions and prefixes. */
export function wordsOf(text: string): string[] {
  return foldText(decodeTexAccents(text)).match(word) ?? [];
}

/** Stop words. They count only inside a phrase. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can could
  did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself
  just may me might more most must my no nor not of off on once only or other our out over own same she should so some such than that the
  their them then there these they this those through to too under until up upon very was we were what when where which while who whom why
  will with would you your`.split(/\s+/),
);

const contraction = /(?<=\p{L})['’](?:s|d|m|ll|re|ve)(?!\p{L})/giu;
const commonForm = /^(?:\p{L}+n['’]t|e\.g|i\.e)$/iu;

/** Returns whether all words are stop words: `the`, `what's`, `don't`. */
export function isCommonText(text: string): boolean {
  const words = wordsOf(text.replace(contraction, ''));
  return words.length > 0 && (commonForm.test(text) || words.every((word) => stopWords.has(word)));
}

/** The stems of the stop words. */
export const stopStems: ReadonlySet<string> = new Set([...stopWords].map(stemWord));

/**
 * Returns the content words of a text: no stop words and no parts after an apostrophe. Returns all words if none would
 * remain.
 */
export function contentWordsOf(text: string): { readonly word: string; readonly term: string }[] {
  const plain = decodeTexAccents(text).replace(contraction, '');
  const all = tokenize(plain).map(({ term, start, end }) => ({ word: plain.slice(start, end), term }));
  const contentWords = all.filter(({ term }) => !stopStems.has(term));
  return contentWords.length > 0 ? contentWords : all;
}

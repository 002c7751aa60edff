/** How text becomes search terms: one analysis for the engine, `matches` and the marks in a page. */
import { stemmer } from 'stemmer';
import { decodeTexAccents } from './tex.ts';

/** A term and the half-open span of characters it was read from. */
export type Token = { readonly term: string; readonly start: number; readonly end: number };

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const stemmed = /^[a-z0-9]{3,64}$/;
const asciiWord = /[a-z0-9]+/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the ASCII range
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

const stems = new Map<string, string>();
const stemsMax = 200_000;

/** Letters that Unicode does not take apart, as people without them on their keyboard type them. */
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

/** Lower case, compatibility forms and accents folded: `Büchi` and `buchi`, `Łukasz` and `lukasz`, `𝜋` and `π` are one. */
export function foldText(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return plain.replace(plainLetter, (letter) => plainLetters[letter] ?? letter);
}

/** Porter's stem of a folded word; words of other scripts stay as they are. */
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

/** The folded words of a text in order; runs of Chinese, Japanese and Korean as character bigrams (a single character stands for itself). */
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
  // A compatibility form may fold to several words (`㎧` to `m∕s`): they share the span.
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

/** The terms of a text in order, each with its span in `text`: its folded words (bigrams for Chinese, Japanese, Korean), stemmed. */
export function tokenize(text: string): Token[] {
  return scan(text).map(({ word, start, end }) => ({ term: stemWord(word), start, end }));
}

/** The terms of a text whose TeX accents are read as letters (`B\"uchi` is `buchi`). */
export function termsOf(text: string): string[] {
  const plain = decodeTexAccents(text);
  // Most text is ASCII and needs neither folding nor spans: three times as fast, for indexes of millions.
  if (isAscii(plain)) return (plain.toLowerCase().match(asciiWord) ?? []).map(stemWord);
  return tokenize(plain).map((token) => token.term);
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

const contraction = /(?<=\p{L})['’](?:s|d|m|ll|re|ve)(?!\p{L})/giu;
const commonForm = /^(?:\p{L}+n['’]t|e\.g|i\.e)$/iu;

/** Whether these are only words that are too common to ask for: `the`, `what's`, `don't`. */
export function isCommonText(text: string): boolean {
  const words = wordsOf(text.replace(contraction, ''));
  return words.length > 0 && (commonForm.test(text) || words.every((word) => stopWords.has(word)));
}

/** The stems of these. */
export const stopStems: ReadonlySet<string> = new Set([...stopWords].map(stemWord));

/** The words of a text that tell something: without the most common ones and what an apostrophe cuts off, unless there are no others. */
export function contentWordsOf(text: string): { readonly word: string; readonly term: string }[] {
  const plain = decodeTexAccents(text).replace(contraction, '');
  const all = tokenize(plain).map(({ term, start, end }) => ({ word: plain.slice(start, end), term }));
  const telling = all.filter(({ term }) => !stopStems.has(term));
  return telling.length > 0 ? telling : all;
}

/** Tokenises a text into word numbers of the phrase trie, in one pass over its characters. */
import type { PhraseTrie } from './phrase-trie.ts';
import { hashStart, hashStep } from './word-numbers.ts';

/**
 * Words that occur in phrases, each with its number and its span in the text.
 * Other words and punctuation between two of them become a single 0, which ends a phrase.
 */
export type Words = { readonly numbers: number[]; readonly starts: number[]; readonly ends: number[] };

const separator = 0;
const letter = 1;
const boundary = 2;
/**
 * Class of each UTF-16 code unit: part of a word, separator within a phrase, or end of a phrase.
 * Surrogates are part of a word, because they encode letters such as mathematical bold.
 */
const unitClasses = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\p{L}\p{N}\p{M}\p{Cs}]/u.test(character)) return letter;
  return /[\s\p{Pd}_/'’]/u.test(character) ? separator : boundary;
});

export function readWords(text: string, trie: PhraseTrie): Words {
  const words: Words = { numbers: [], starts: [], ends: [] };
  for (let at = 0; at < text.length; ) {
    const unitClass = unitClasses[text.charCodeAt(at)];
    let end = at + 1;
    let number = 0;
    if (unitClass === letter) {
      let hash = hashStep(hashStart, text.charCodeAt(at));
      for (let code = text.charCodeAt(end); unitClasses[code] === letter; code = text.charCodeAt(++end))
        hash = hashStep(hash, code);
      number = trie.numberOf({ text, start: at, end, hash });
    }
    if (number > 0 || (unitClass !== separator && words.numbers.at(-1) !== 0)) {
      words.numbers.push(number);
      words.starts.push(at);
      words.ends.push(end);
    }
    at = end;
  }
  return words;
}

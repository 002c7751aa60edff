/** The words of a text as numbers of the vocabulary, in one pass over its characters. */
import type { PhraseTrie } from './phrase-trie.ts';
import { hashStart, hashStep } from './word-numbers.ts';

/** The words some phrase has, each with its number and its span in the text; one 0 for all that stands between two of them and parts phrases. */
export type Words = { readonly numbers: number[]; readonly starts: number[]; readonly ends: number[] };

const joint = 0;
const letter = 1;
const other = 2;
/** By code unit: part of a word (halves of pairs too: letters in fancy type), what may stand between two words of a phrase, or what parts them. */
const kinds = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\p{L}\p{N}\p{M}\p{Cs}]/u.test(character)) return letter;
  return /[\s\p{Pd}_/'’]/u.test(character) ? joint : other;
});

export function readWords(text: string, trie: PhraseTrie): Words {
  const words: Words = { numbers: [], starts: [], ends: [] };
  for (let at = 0; at < text.length; ) {
    const kind = kinds[text.charCodeAt(at)];
    let end = at + 1;
    let number = 0;
    if (kind === letter) {
      let hash = hashStep(hashStart, text.charCodeAt(at));
      for (let code = text.charCodeAt(end); kinds[code] === letter; code = text.charCodeAt(++end))
        hash = hashStep(hash, code);
      number = trie.numberOf({ text, start: at, end, hash });
    }
    if (number > 0 || (kind !== joint && words.numbers.at(-1) !== 0)) {
      words.numbers.push(number);
      words.starts.push(at);
      words.ends.push(end);
    }
    at = end;
  }
  return words;
}

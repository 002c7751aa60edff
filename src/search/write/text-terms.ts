/** The keys of the words in a text, in their order: what is plain ASCII is found letter by letter, the rest by `tokenize`. */
import { stemWord, tokenize } from '#core/text/terms.ts';
import type { TermInterner, TokenTerms } from './term-interner.ts';
import { foldedCode, hashWith, type Spelled, TokenHashTable } from './token-table.ts';

export type TakeToken = (keys: TokenTerms) => void;

const wordRun = /[\p{L}\p{N}\p{M}\p{Co}]+/uy;

export class TextTerms {
  readonly #keys: TermInterner;
  readonly #table = new TokenHashTable();
  /** The word that is looked up: one object for all of them. */
  readonly #word: Spelled = { text: '', start: 0, end: 0, hash: 0 };
  /** By token. */
  readonly #known: TokenTerms[] = [];

  constructor(keys: TermInterner) {
    this.#keys = keys;
  }

  /** Hands over the tokens of a text as `tokenize` finds them. */
  read(text: string, take: TakeToken): void {
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (foldedCode(code) !== 0) at = this.#readPlain(text, at, take);
      else if (code < 128) at++;
      else at = this.#readRun(text, at, take);
    }
  }

  /** Reads a word of ASCII; one that goes on in other letters is no such word. Returns where it ends. */
  #readPlain(text: string, start: number, take: TakeToken): number {
    let end = start;
    let hash = 0;
    let code = text.charCodeAt(start);
    for (let letter = foldedCode(code); letter !== 0; letter = foldedCode(code)) {
      hash = hashWith(hash, letter);
      end++;
      // Behind the end stands what is no letter.
      code = end < text.length ? text.charCodeAt(end) : 0;
    }
    if (code >= 128) return this.#readRun(text, start, take);
    const word = this.#word;
    word.text = text;
    word.start = start;
    word.end = end;
    word.hash = hash;
    const token = this.#table.find(word);
    if (token === this.#known.length) this.#known.push(this.#learn(text.slice(start, end).toLowerCase()));
    take(this.#known[token] as TokenTerms);
    return end;
  }

  #learn(word: string): TokenTerms {
    return this.#keys.ofToken('text', word, stemWord(word));
  }

  /** Reads a run of letters of any script, if there is one at `start`. */
  #readRun(text: string, start: number, take: TakeToken): number {
    wordRun.lastIndex = start;
    const run = wordRun.exec(text)?.[0];
    // Half of a pair of surrogates is no letter, so a whole character can be left out.
    if (run === undefined) return start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1);
    for (const { term, start: from, end } of tokenize(run)) {
      take(this.#keys.ofToken('text', run.slice(from, end), term));
    }
    return start + run.length;
  }
}

/** Finds the tokens of a text and their terms. ASCII words take a fast path, the rest goes through `tokenize`. */
import { stemWord, tokenize } from '#core/text/terms.ts';
import type { TermInterner, TokenTerms } from './term-interner.ts';
import { foldedCode, hashWith, TokenHashTable, type WordSpan } from './token-hash-table.ts';

export type OnToken = (terms: TokenTerms) => void;

/** Letters, digits and marks of any script. */
const wordRun = /[\p{L}\p{N}\p{M}\p{Co}]+/uy;

export class TextTerms {
  readonly #interner: TermInterner;
  readonly #table = new TokenHashTable();
  /** Argument of the lookup. All words share one object. */
  readonly #word: WordSpan = { text: '', start: 0, end: 0, hash: 0 };
  /** By token number. */
  readonly #terms: TokenTerms[] = [];

  constructor(interner: TermInterner) {
    this.#interner = interner;
  }

  /** Calls `onToken` for the tokens that `tokenize` finds, in order. */
  forEach(text: string, onToken: OnToken): void {
    for (let i = 0; i < text.length; ) {
      const code = text.charCodeAt(i);
      if (foldedCode(code) !== 0) i = this.#readAsciiWord(text, i, onToken);
      else if (code < 128) i++;
      else i = this.#readRun(text, i, onToken);
    }
  }

  /** Reads an ASCII word and returns its end. A word that continues in other letters goes to `#readRun`. */
  #readAsciiWord(text: string, start: number, onToken: OnToken): number {
    let end = start;
    let hash = 0;
    let code = text.charCodeAt(start);
    for (let letter = foldedCode(code); letter !== 0; letter = foldedCode(code)) {
      hash = hashWith(hash, letter);
      end++;
      // 0 is not a letter, so it ends the word.
      code = end < text.length ? text.charCodeAt(end) : 0;
    }
    if (code >= 128) return this.#readRun(text, start, onToken);
    const word = this.#word;
    word.text = text;
    word.start = start;
    word.end = end;
    word.hash = hash;
    const token = this.#table.findOrInsert(word);
    if (token === this.#terms.length) this.#terms.push(this.#intern(text.slice(start, end).toLowerCase()));
    onToken(this.#terms[token] as TokenTerms);
    return end;
  }

  #intern(word: string): TokenTerms {
    return this.#interner.internToken('text', word, stemWord(word));
  }

  /** Reads a run of letters of any script and returns its end. Skips one character if there is none at `start`. */
  #readRun(text: string, start: number, onToken: OnToken): number {
    wordRun.lastIndex = start;
    const run = wordRun.exec(text)?.[0];
    // A lone surrogate is not a letter, so skip whole code points.
    if (run === undefined) return start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1);
    for (const { term, start: from, end } of tokenize(run)) {
      onToken(this.#interner.internToken('text', run.slice(from, end), term));
    }
    return start + run.length;
  }
}

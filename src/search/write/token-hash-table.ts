/** Numbers ASCII tokens. The hash table compares bytes, so that a lookup creates no string. */
import { ByteBuilder, IntBuilder } from '#search/index/array-builder.ts';

const empty = -1;

/** By character code: the lowercase letter or digit, or 0. */
const folded: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[a-z0-9]/i.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** Returns the lowercase code of an ASCII letter or digit, and 0 for other characters. */
export function foldedCode(code: number): number {
  return code < 128 ? (folded[code] as number) : 0;
}

/** Returns the hash of a word with one more letter: FNV-1a with offset basis 0. */
export function hashWith(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

/** A word in a text: `[start, end)` and the hash of its lowercase letters. */
export type WordSpan = { text: string; start: number; end: number; hash: number };

export class TokenHashTable {
  readonly #letters = new ByteBuilder();
  /** By token: start of its letters, and its hash. The last start is the end of all letters. */
  readonly #starts = new IntBuilder();
  readonly #hashes = new IntBuilder();
  /** Open addressing with linear probing. The table is at most half full. */
  #slots = new Int32Array(1 << 14).fill(empty);

  constructor() {
    this.#starts.push(0);
  }

  /** Returns the token number of a word. A new word gets the next number, from 0 on. */
  findOrInsert(word: WordSpan): number {
    const mask = this.#slots.length - 1;
    const hash = (word.hash ^ (word.hash >>> 15)) >>> 0;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const token = this.#slots[slot] as number;
      if (token === empty) return this.#insert(slot, hash, word);
      if (this.#hashes.at(token) === hash && this.#isSame(token, word)) return token;
    }
  }

  #isSame(token: number, { text, start, end }: WordSpan): boolean {
    const first = this.#starts.at(token);
    if (this.#starts.at(token + 1) - first !== end - start) return false;
    for (let i = start; i < end; i++)
      if (this.#letters.at(first + i - start) !== folded[text.charCodeAt(i)]) return false;
    return true;
  }

  #insert(slot: number, hash: number, { text, start, end }: WordSpan): number {
    const token = this.#hashes.length;
    this.#slots[slot] = token;
    this.#hashes.push(hash);
    for (let i = start; i < end; i++) this.#letters.push(foldedCode(text.charCodeAt(i)));
    this.#starts.push(this.#letters.length);
    if (2 * this.#hashes.length > this.#slots.length) this.#rehash();
    return token;
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length).fill(empty);
    for (let token = 0; token < this.#hashes.length; token++) {
      let slot = this.#hashes.at(token) & (slots.length - 1);
      while (slots[slot] !== empty) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = token;
    }
    this.#slots = slots;
  }
}

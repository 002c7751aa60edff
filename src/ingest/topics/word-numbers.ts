/** A cache from words to their numbers. Looks a word up by its span in a text, without allocating a string. */

/** A word within a text. `hash`: `hashStep` over its code units. */
export type Span = { readonly text: string; readonly start: number; readonly end: number; readonly hash: number };

/** FNV-1a over UTF-16 code units. */
export const hashStart = 0x811c9dc5 | 0;
export const hashStep = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

const wordsMax = 100_000;
/** More than twice as many slots as words keep probe sequences short. */
const slotsMask = 2 ** 18 - 1;

/** A hash table with linear probing. It clears itself when full. */
export class WordNumbers {
  /** Index into the arrays below, plus one; 0 marks a free slot. */
  #slots = new Uint32Array(slotsMask + 1);
  #words: string[] = [];
  #hashes: number[] = [];
  #numbers: number[] = [];

  get({ text, start, end, hash }: Span): number | undefined {
    for (let slot = hash & slotsMask; ; slot = (slot + 1) & slotsMask) {
      const index = (this.#slots[slot] as number) - 1;
      if (index < 0) return undefined;
      const word = this.#words[index] as string;
      if (this.#hashes[index] === hash && word.length === end - start && text.startsWith(word, start))
        return this.#numbers[index];
    }
  }

  set(word: string, hash: number, number: number): void {
    if (this.#words.length >= wordsMax) this.#clear();
    let slot = hash & slotsMask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & slotsMask;
    this.#slots[slot] = this.#words.push(word);
    this.#hashes.push(hash);
    this.#numbers.push(number);
  }

  #clear(): void {
    this.#slots = new Uint32Array(slotsMask + 1);
    [this.#words, this.#hashes, this.#numbers] = [[], [], []];
  }
}

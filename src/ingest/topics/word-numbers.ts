/** The numbers of words that were met, found by a span of a text without cutting the word out of it. */

/** A word where it stands, with its hash (`hashStep` over its characters). */
export type Span = { readonly text: string; readonly start: number; readonly end: number; readonly hash: number };

/** FNV-1a over code units. */
export const hashStart = 0x811c9dc5 | 0;
export const hashStep = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

const wordsMax = 100_000;
/** Twice the words and more: a search ends after a step or two. */
const slotsMask = 2 ** 18 - 1;

/** A hash table with open slots; when it is full it begins anew. */
export class WordNumbers {
  /** Place of a word in the lists below, plus one; 0 is free. */
  #slots = new Uint32Array(slotsMask + 1);
  #words: string[] = [];
  #hashes: number[] = [];
  #numbers: number[] = [];

  get({ text, start, end, hash }: Span): number | undefined {
    for (let slot = hash & slotsMask; ; slot = (slot + 1) & slotsMask) {
      const place = (this.#slots[slot] as number) - 1;
      if (place < 0) return undefined;
      const word = this.#words[place] as string;
      if (this.#hashes[place] === hash && word.length === end - start && text.startsWith(word, start))
        return this.#numbers[place];
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

/** K-way merge of term dictionaries. */
import type { TermDictionary } from '#search/index/term-dictionary.ts';

/** Iterates over the terms of several dictionaries in order, each term once. */
export class TermMergeIterator {
  term: Uint8Array = new Uint8Array(0);
  /** Indexes of the dictionaries that have the current term, ascending. */
  readonly matches: number[] = [];
  /** By dictionary: the ordinal of its next term. */
  readonly ordinals: number[];
  readonly #dictionaries: readonly TermDictionary[];
  /** Indexes of the dictionaries with terms left, sorted by their next term. */
  readonly #queue: number[] = [];

  constructor(dictionaries: readonly TermDictionary[]) {
    this.#dictionaries = dictionaries;
    this.ordinals = dictionaries.map(() => 0);
    for (const index of dictionaries.keys()) this.#insert(index);
  }

  /** Moves to the next term. Returns false if there is none. */
  next(): boolean {
    for (const index of this.matches) {
      (this.ordinals[index] as number)++;
      this.#insert(index);
    }
    this.matches.length = 0;
    const [first] = this.#queue;
    if (first === undefined) return false;
    this.term = (this.#dictionaries[first] as TermDictionary).bytesOf(this.ordinals[first] as number);
    do this.matches.push(this.#queue.shift() as number);
    while (this.#queue.length > 0 && this.#compare(this.#queue[0] as number, first) === 0);
    this.matches.sort((a, b) => a - b);
    return true;
  }

  #insert(index: number): void {
    const dictionary = this.#dictionaries[index] as TermDictionary;
    if ((this.ordinals[index] as number) >= dictionary.size) return;
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#queue[middle] as number, index) < 0) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, index);
  }

  #compare(a: number, b: number): number {
    const [x, y] = [this.#dictionaries[a] as TermDictionary, this.#dictionaries[b] as TermDictionary];
    return x.compareWith(this.ordinals[a] as number, y, this.ordinals[b] as number);
  }
}

/** The keys of several vocabularies in one order. */
import type { Vocabulary } from '#search/index/term-dictionary.ts';

/** Walks the keys of several vocabularies together, each key once, in their order. */
export class KeyWalk {
  /** The key that was reached, and the numbers of the vocabularies that have it. */
  key: Uint8Array = new Uint8Array(0);
  readonly having: number[] = [];
  /** By vocabulary: the number of its key. */
  readonly terms: number[];
  readonly #vocabularies: readonly Vocabulary[];
  /** Vocabularies that have keys left, the one with the least key first. */
  readonly #order: number[] = [];

  constructor(vocabularies: readonly Vocabulary[]) {
    this.#vocabularies = vocabularies;
    this.terms = vocabularies.map(() => 0);
    for (const at of vocabularies.keys()) this.#insert(at);
  }

  /** Goes to the next key; false when there is none. */
  next(): boolean {
    for (const at of this.having) {
      (this.terms[at] as number)++;
      this.#insert(at);
    }
    this.having.length = 0;
    const [first] = this.#order;
    if (first === undefined) return false;
    this.key = (this.#vocabularies[first] as Vocabulary).bytesOf(this.terms[first] as number);
    do this.having.push(this.#order.shift() as number);
    while (this.#order.length > 0 && this.#compare(this.#order[0] as number, first) === 0);
    this.having.sort((a, b) => a - b);
    return true;
  }

  #insert(at: number): void {
    const vocabulary = this.#vocabularies[at] as Vocabulary;
    if ((this.terms[at] as number) >= vocabulary.size) return;
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#order[middle] as number, at) < 0) low = middle + 1;
      else high = middle;
    }
    this.#order.splice(low, 0, at);
  }

  #compare(a: number, b: number): number {
    const [x, y] = [this.#vocabularies[a] as Vocabulary, this.#vocabularies[b] as Vocabulary];
    return x.compareWith(this.terms[a] as number, y, this.terms[b] as number);
  }
}

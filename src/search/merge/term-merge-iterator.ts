/** The keys of several vocabularies in one order. */
import type { TermDictionary } from '#search/index/term-dictionary.ts';

/** Walks the keys of several vocabularies together, each key once, in their order. */
export class TermMergeIterator {
  /** The key that was reached, and the numbers of the vocabularies that have it. */
  key: Uint8Array = new Uint8Array(0);
  readonly having: number[] = [];
  /** By vocabulary: the number of its key. */
  readonly terms: number[];
  readonly #vocabularies: readonly TermDictionary[];
  /** Vocabularies that have keys left, the one with the least key first. */
  readonly #order: number[] = [];

  constructor(vocabularies: readonly TermDictionary[]) {
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
    this.key = (this.#vocabularies[first] as TermDictionary).bytesOf(this.terms[first] as number);
    do this.having.push(this.#order.shift() as number);
    while (this.#order.length > 0 && this.#compare(this.#order[0] as number, first) === 0);
    this.having.sort((a, b) => a - b);
    return true;
  }

  #insert(at: number): void {
    const vocabulary = this.#vocabularies[at] as TermDictionary;
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
    const [x, y] = [this.#vocabularies[a] as TermDictionary, this.#vocabularies[b] as TermDictionary];
    return x.compareWith(this.terms[a] as number, y, this.terms[b] as number);
  }
}

/** Room that a segment's searches use again and again, so that they leave no large arrays behind to be collected. */
import { DocSet } from './doc-set.ts';

const setsKept = 16;
const bytesKept = 2;

export class BufferPool {
  readonly #size: number;
  readonly #sets: DocSet[] = [];
  #taken = 0;
  #scores: Uint32Array | null = null;
  readonly #bytes: Uint8Array[] = [];
  #bytesTaken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Begins another search: what the last one took is free again, and what hardly any search needs is let go. */
  reset(): void {
    this.#taken = 0;
    this.#bytesTaken = 0;
    this.#sets.length = Math.min(this.#sets.length, setsKept);
    this.#bytes.length = Math.min(this.#bytes.length, bytesKept);
  }

  /** How many sets are taken; `release` gives back those taken since. */
  get taken(): number {
    return this.#taken;
  }

  release(taken: number): void {
    this.#taken = taken;
  }

  /** A set whose content is whatever was in it. */
  takeSet(): DocSet {
    const set = this.#sets[this.#taken++] ?? new DocSet(this.#size);
    this.#sets[this.#taken - 1] = set;
    return set;
  }

  takeEmpty(): DocSet {
    const set = this.takeSet();
    set.clear();
    return set;
  }

  takeCopy(of: DocSet): DocSet {
    const set = this.takeSet();
    set.words.set(of.words);
    return set;
  }

  /** A byte for each document, all 0. */
  takeBytes(): Uint8Array {
    const bytes = this.#bytes[this.#bytesTaken++] ?? new Uint8Array(this.#size);
    this.#bytes[this.#bytesTaken - 1] = bytes;
    return bytes.fill(0);
  }

  /** The scores of one search, all 0. */
  freshScores(): Uint32Array {
    this.#scores ??= new Uint32Array(this.#size);
    return this.#scores.fill(0);
  }
}

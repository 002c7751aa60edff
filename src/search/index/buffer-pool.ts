/** Pools the document-sized arrays that searches of a segment use, so that a search leaves no large garbage. */
import { DocSet } from './doc-set.ts';

const pooledSetsMax = 16;
const pooledByteArraysMax = 2;

export class BufferPool {
  readonly #size: number;
  readonly #sets: DocSet[] = [];
  #setsInUse = 0;
  #scores: Uint32Array | null = null;
  readonly #byteArrays: Uint8Array[] = [];
  #byteArraysInUse = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Starts a search: frees everything the last search took and drops buffers beyond the pool's limits. */
  reset(): void {
    this.#setsInUse = 0;
    this.#byteArraysInUse = 0;
    this.#sets.length = Math.min(this.#sets.length, pooledSetsMax);
    this.#byteArrays.length = Math.min(this.#byteArrays.length, pooledByteArraysMax);
  }

  /** Sets in use. Pass it to `release` to free the sets taken since. */
  get setsInUse(): number {
    return this.#setsInUse;
  }

  release(setsInUse: number): void {
    this.#setsInUse = setsInUse;
  }

  /** Returns a set with undefined content. */
  takeSet(): DocSet {
    const set = this.#sets[this.#setsInUse++] ?? new DocSet(this.#size);
    this.#sets[this.#setsInUse - 1] = set;
    return set;
  }

  takeEmpty(): DocSet {
    const set = this.takeSet();
    set.clear();
    return set;
  }

  takeCopy(source: DocSet): DocSet {
    const set = this.takeSet();
    set.words.set(source.words);
    return set;
  }

  /** Returns one byte per document, all 0. */
  takeBytes(): Uint8Array {
    const bytes = this.#byteArrays[this.#byteArraysInUse++] ?? new Uint8Array(this.#size);
    this.#byteArrays[this.#byteArraysInUse - 1] = bytes;
    return bytes.fill(0);
  }

  /** Returns the score array, one integer per document, all 0. There is only one. */
  freshScores(): Uint32Array {
    this.#scores ??= new Uint32Array(this.#size);
    return this.#scores.fill(0);
  }
}

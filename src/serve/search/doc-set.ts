/** A set of document numbers of one segment, one bit each. */

export class DocSet {
  readonly size: number;
  readonly words: Uint32Array;

  constructor(size: number, words = new Uint32Array((size + 31) >>> 5)) {
    this.size = size;
    this.words = words;
  }

  static all(size: number): DocSet {
    const set = new DocSet(size);
    set.words.fill(0xffffffff);
    if (size & 31) set.words[set.words.length - 1] = (1 << (size & 31)) - 1;
    return set;
  }

  has(doc: number): boolean {
    return (((this.words[doc >>> 5] as number) >>> (doc & 31)) & 1) === 1;
  }

  add(doc: number): void {
    (this.words[doc >>> 5] as number) |= 1 << (doc & 31);
  }

  delete(doc: number): void {
    (this.words[doc >>> 5] as number) &= ~(1 << (doc & 31));
  }

  clone(): DocSet {
    return new DocSet(this.size, this.words.slice());
  }

  clear(): void {
    this.words.fill(0);
  }

  and(other: DocSet): void {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) &= other.words[i] as number;
  }

  or(other: DocSet): void {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) |= other.words[i] as number;
  }

  andNot(other: DocSet): void {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) &= ~(other.words[i] as number);
  }

  count(): number {
    let total = 0;
    for (let i = 0; i < this.words.length; i++) total += bitCount(this.words[i] as number);
    return total;
  }

  /** Whether it has a document from `first` to `last`, both included; whole words only at the borders, so it may say yes too often. */
  mayHaveIn(first: number, last: number): boolean {
    const end = Math.min(last >>> 5, this.words.length - 1);
    for (let i = first >>> 5; i <= end; i++) if (this.words[i] !== 0) return true;
    return false;
  }

  /** The documents in ascending order. */
  toArray(): Uint32Array {
    const docs = new Uint32Array(this.count());
    let at = 0;
    for (let i = 0; i < this.words.length; i++) {
      for (let bits = this.words[i] as number; bits !== 0; bits &= bits - 1) docs[at++] = (i << 5) | (31 - Math.clz32(bits & -bits));
    }
    return docs;
  }

  /** Keeps the documents for which `holds` is true. */
  filter(holds: (doc: number) => boolean): void {
    for (let i = 0; i < this.words.length; i++) {
      for (let bits = this.words[i] as number; bits !== 0; bits &= bits - 1) {
        const bit = 31 - Math.clz32(bits & -bits);
        if (!holds((i << 5) | bit)) (this.words[i] as number) &= ~(1 << bit);
      }
    }
  }
}

function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

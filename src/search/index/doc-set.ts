/** A set of document numbers of one segment, as a bitmap. */

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
    this.andWords(other.words);
  }

  andWords(words: Uint32Array): void {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) &= words[i] as number;
  }

  or(other: DocSet): void {
    this.orWords(other.words);
  }

  orWords(words: Uint32Array): void {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) |= words[i] as number;
  }

  andNot(other: DocSet): void {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) &= ~(other.words[i] as number);
  }

  count(): number {
    let total = 0;
    for (let i = 0; i < this.words.length; i++) total += bitCount(this.words[i] as number);
    return total;
  }

  /** Returns the number of documents in `[first, end)`. */
  countIn(first: number, end: number): number {
    let total = 0;
    for (let i = first >>> 5; i << 5 < end; i++) total += bitCount(this.#wordIn(i, first, end));
    return total;
  }

  /** Returns the size of the intersection. */
  countCommon(other: DocSet): number {
    let total = 0;
    for (let i = 0; i < this.words.length; i++)
      total += bitCount((this.words[i] as number) & (other.words[i] as number));
    return total;
  }

  /** Removes the documents whose byte is 0. */
  intersectBytes(bytes: Uint8Array): void {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i] as number;
      for (let bits = word; bits !== 0; bits &= bits - 1) {
        const bit = lowestBit(bits);
        if (bytes[(i << 5) | bit] === 0) word &= ~(1 << bit);
      }
      this.words[i] = word;
    }
  }

  /** Removes the documents outside `[first, end)`. */
  intersectRange(first: number, end: number): void {
    for (let i = 0; i < this.words.length; i++) this.words[i] = this.#wordIn(i, first, end);
  }

  /** Returns word `i` with only the bits in `[first, end)`. */
  #wordIn(i: number, first: number, end: number): number {
    const base = i << 5;
    if (base + 32 <= first || base >= end) return 0;
    let word = this.words[i] as number;
    if (base < first) word &= -1 << (first - base);
    if (base + 32 > end) word &= (1 << (end - base)) - 1;
    return word;
  }

  /** Returns false only if no document is in `[first, last]`. It checks whole words, so true may be wrong. */
  mayIntersect(first: number, last: number): boolean {
    const end = Math.min(last >>> 5, this.words.length - 1);
    for (let i = first >>> 5; i <= end; i++) if (this.words[i] !== 0) return true;
    return false;
  }

  /** Returns the documents in ascending order. */
  toArray(): Uint32Array {
    return this.lowest(this.count());
  }

  /** Returns the `count` lowest documents in ascending order. The set must have at least `count`. */
  lowest(count: number): Uint32Array {
    const docs = new Uint32Array(count);
    for (let i = 0, length = 0; length < count; i++) {
      for (let bits = this.words[i] as number; bits !== 0 && length < count; bits &= bits - 1)
        docs[length++] = (i << 5) | lowestBit(bits);
    }
    return docs;
  }

  forEach(visit: (doc: number) => void): void {
    for (let i = 0; i < this.words.length; i++) {
      for (let bits = this.words[i] as number; bits !== 0; bits &= bits - 1) visit((i << 5) | lowestBit(bits));
    }
  }

  /** Removes the documents for which `predicate` is false. */
  filter(predicate: (doc: number) => boolean): void {
    for (let i = 0; i < this.words.length; i++) {
      for (let bits = this.words[i] as number; bits !== 0; bits &= bits - 1) {
        const bit = lowestBit(bits);
        if (!predicate((i << 5) | bit)) (this.words[i] as number) &= ~(1 << bit);
      }
    }
  }
}

/** Returns the index of the lowest set bit. `word` must not be 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** Returns the number of set bits in a 32-bit word (Warren, "Hacker's Delight", section 5-1). */
export function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

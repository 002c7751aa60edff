/** Walks one inverted list block by block, leaving out the blocks in which nothing can be found. */
import type { DocSet } from './doc-set.ts';
import { blockSize, listLength, type Postings, positionsStep, skipWidth } from './postings.ts';

export class TermBlocks {
  /** Documents of the current block, `count` of them, ascending. */
  readonly docs = new Uint32Array(blockSize);
  count = 0;
  /** Index in `fields` of the block's first posting. */
  first = 0;
  /** Place in the block of the document that `seek` found. */
  place = 0;
  readonly #postings: Postings;
  #term = 0;
  #blocks = 0;
  #block = -1;
  #positionsPlace = 0;
  #positionsAt = 0;

  constructor(postings: Postings, term = -1) {
    this.#postings = postings;
    if (term >= 0) this.open(term);
  }

  /** Begins another list. */
  open(term: number): void {
    this.#term = term;
    this.#blocks = Math.ceil(listLength(this.#postings, term) / blockSize);
    this.#block = -1;
    this.count = 0;
  }

  /** Goes to the next block that may have documents of `within`; false when there is none. */
  next(within: DocSet): boolean {
    for (let block = this.#block + 1; block < this.#blocks; block++) {
      if (this.#blocks > 1 && !within.mayHaveIn(this.#before(block) + 1, this.#last(block, within.size))) continue;
      this.#load(block);
      return true;
    }
    return false;
  }

  /** Goes to the next block whatever is in it. */
  nextAny(): boolean {
    if (this.#block + 1 >= this.#blocks) return false;
    this.#load(this.#block + 1);
    return true;
  }

  /** Goes forward to `doc`; whether the list has it. Documents must be asked for in ascending order. */
  seek(doc: number): boolean {
    if (this.#block < 0 || (this.docs[this.count - 1] as number) < doc) {
      let block = this.#block + 1;
      if (block >= this.#blocks) return false;
      while (block + 1 < this.#blocks && this.#before(block + 1) < doc) block++;
      this.#load(block);
    }
    while (this.place < this.count && (this.docs[this.place] as number) < doc) this.place++;
    return this.place < this.count && this.docs[this.place] === doc;
  }

  /** The byte of field counts of the document that `seek` found. */
  fields(): number {
    return this.#postings.fields[this.first + this.place] as number;
  }

  /** Writes the positions of the document that `seek` found to `into`, ascending, and says how many. */
  positions(into: number[]): number {
    const source = this.#postings.positions;
    const entrance = Math.floor(this.place / positionsStep);
    if (this.#block > 0 && this.#positionsPlace < entrance * positionsStep) {
      this.#positionsPlace = entrance * positionsStep;
      this.#positionsAt = this.#positionsStart() + this.#skip(this.#block, 2 + entrance);
    }
    let at = this.#positionsAt;
    // The lowest bit of a number's first byte says whether it ends a posting.
    for (let place = this.#positionsPlace; place < this.place; ) {
      place += (source[at] as number) & 1;
      while ((source[at++] as number) > 127);
    }
    this.#positionsPlace = this.place;
    this.#positionsAt = at;
    let count = 0;
    let position = 0;
    for (let last = 0; last === 0; ) {
      let code = 0;
      let shift = 0;
      let byte: number;
      do {
        byte = source[at++] as number;
        code |= (byte & 127) << shift;
        shift += 7;
      } while (byte > 127);
      last = code & 1;
      position += code >>> 1;
      into[count++] = position;
    }
    return count;
  }

  #positionsStart(): number {
    return this.#postings.positionsStart[this.#term] as number;
  }

  #before(block: number): number {
    return block === 0 ? -1 : this.#skip(block, 0);
  }

  #last(block: number, size: number): number {
    return block + 1 < this.#blocks ? this.#skip(block + 1, 0) : size - 1;
  }

  #skip(block: number, what: number): number {
    return this.#postings.skips[(this.#postings.skipsStart[this.#term] as number) + (block - 1) * skipWidth + what] as number;
  }

  #load(block: number): void {
    const { docs: source, docsStart, fieldsStart } = this.#postings;
    this.#block = block;
    this.first = (fieldsStart[this.#term] as number) + block * blockSize;
    this.count = Math.min(blockSize, (fieldsStart[this.#term + 1] as number) - this.first);
    this.place = 0;
    this.#positionsPlace = 0;
    this.#positionsAt = this.#positionsStart() + (block === 0 ? 0 : this.#skip(block, 2));
    let at = (docsStart[this.#term] as number) + (block === 0 ? 0 : this.#skip(block, 1));
    let doc = this.#before(block);
    const { docs, count } = this;
    for (let i = 0; i < count; i++) {
      let byte = source[at++] as number;
      // Nearly all distances take one byte.
      if (byte > 127) {
        let distance = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = source[at++] as number;
          distance |= (byte & 127) << shift;
        }
        doc += distance;
      } else doc += byte;
      docs[i] = doc;
    }
  }
}

/** Where the next posting's positions begin, `at` being where one's do. */
export function endOfRun(source: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const last = (source[at] as number) & 1;
    while ((source[at++] as number) > 127);
    if (last) return at;
  }
}

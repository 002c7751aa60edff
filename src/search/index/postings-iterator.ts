/** Walks one inverted list: block by block, or from document to document with their positions. */
import { bitCount, type DocSet, lowestBit } from './doc-set.ts';
import {
  bitsOf,
  blockSize,
  docFrequency,
  endOfRun,
  isDense,
  longRun,
  manyPositions,
  type Postings,
  positionsStep,
  skipWidth,
  varintAt,
} from './postings.ts';

const none: Uint32Array = new Uint32Array(0);

export class PostingsIterator {
  /** Documents of the current block, `count` of them, ascending. */
  readonly docs = new Uint32Array(blockSize);
  count = 0;
  /** Number in the list of the block's first posting. */
  first = 0;
  /** Number in the list of the document that `seek` found. */
  place = 0;
  /** The positions that `readPositions` read. */
  positions: Uint32Array<ArrayBuffer> = new Uint32Array(64);
  readonly #postings: Postings;
  #term = 0;
  #length = 0;
  #docsStart = 0;
  #skipsStart = 0;
  /** The bits of a dense list, and the next word of them that is to be read. */
  #bits: Uint32Array = none;
  #word = 0;
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
    this.#length = docFrequency(this.#postings, term);
    this.#docsStart = this.#postings.docsStart[term] as number;
    this.#skipsStart = this.#postings.skipsStart[term] as number;
    this.#bits = isDense(this.#length, this.#postings.size) ? bitsOf(this.#postings, term) : none;
    this.#word = 0;
    this.#blocks = Math.ceil(this.#length / blockSize);
    this.#block = -1;
    this.#positionsPlace = 0;
    this.#positionsAt = this.#postings.positionsStart[term] ?? 0;
    this.count = 0;
    this.first = 0;
    this.place = 0;
  }

  /** The number of the list's first posting among all. */
  get start(): number {
    return this.#postings.postingsStart[this.#term] as number;
  }

  /** Goes to the next block that may have documents of `within`, of all without it; false when there is none. */
  next(within: DocSet | null): boolean {
    if (this.#bits.length > 0) return this.#nextBits();
    for (let block = this.#block + 1; block < this.#blocks; block++) {
      if (within && this.#blocks > 1 && !within.mayHaveIn(this.#before(block) + 1, this.#last(block, within.size)))
        continue;
      this.#load(block);
      return true;
    }
    return false;
  }

  /** Goes forward to `doc`; whether the list has it. Documents must be asked for in ascending order, and not after `next`. */
  seek(doc: number): boolean {
    if (this.#bits.length > 0) return this.#seekBit(doc);
    if (this.#block < 0 || (this.docs[this.count - 1] as number) < doc) {
      let block = this.#block + 1;
      if (block >= this.#blocks) return false;
      while (block + 1 < this.#blocks && this.#before(block + 1) < doc) block++;
      this.#load(block);
      this.place = this.first;
    }
    const end = this.first + this.count;
    while (this.place < end && (this.docs[this.place - this.first] as number) < doc) this.place++;
    return this.place < end && this.docs[this.place - this.first] === doc;
  }

  /** Reads the positions of the document that `seek` found to `positions`, ascending, and says how many. */
  readPositions(): number {
    const source = this.#postings.positions;
    const start = this.#enterPositions(source);
    const first = source[start] as number;
    if (first < manyPositions) {
      this.positions[0] = first;
      return 1;
    }
    let at = start + 1;
    let end = at + (first - manyPositions);
    if (first === (manyPositions | longRun)) {
      const length = varintAt(source, at);
      at = length.end;
      end = at + length.value;
    }
    let count = 0;
    let position = 0;
    while (at < end) {
      let byte = source[at++] as number;
      let distance = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = source[at++] as number;
        distance |= (byte & 127) << shift;
      }
      position += distance;
      if (count === this.positions.length) this.positions = new Uint32Array(this.positions.buffer.transfer(8 * count));
      this.positions[count++] = position;
    }
    return count;
  }

  /** Where the positions of the place begin, from the last ones found or from an entrance nearer by. */
  #enterPositions(source: Uint8Array): number {
    const { positionSkips, positionSkipsStart, positionsStart } = this.#postings;
    const { place } = this;
    const entrance = Math.floor(place / positionsStep);
    if (this.#positionsPlace < entrance * positionsStep) {
      this.#positionsPlace = entrance * positionsStep;
      this.#positionsAt =
        (positionsStart[this.#term] as number) +
        (positionSkips[(positionSkipsStart[this.#term] as number) + entrance - 1] as number);
    }
    let at = this.#positionsAt;
    for (let left = place - this.#positionsPlace; left > 0; left--) at = endOfRun(source, at);
    this.#positionsPlace = place;
    this.#positionsAt = at;
    return at;
  }

  #before(block: number): number {
    return block === 0 ? -1 : (this.#postings.skips[this.#skipsStart + (block - 1) * skipWidth] as number);
  }

  #last(block: number, size: number): number {
    return block + 1 < this.#blocks ? this.#before(block + 1) : size - 1;
  }

  #load(block: number): void {
    const { docs: source, skips } = this.#postings;
    this.#block = block;
    this.first = block * blockSize;
    this.count = Math.min(blockSize, this.#length - this.first);
    let at = this.#docsStart + (block === 0 ? 0 : (skips[this.#skipsStart + (block - 1) * skipWidth + 1] as number));
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

  /** A block of a dense list: the documents of the next words, as many as are sure to fit. */
  #nextBits(): boolean {
    this.first += this.count;
    this.count = 0;
    const { docs } = this;
    while (this.#word < this.#bits.length && this.count <= blockSize - 32) {
      for (let bits = this.#bits[this.#word] as number; bits !== 0; bits &= bits - 1)
        docs[this.count++] = (this.#word << 5) | lowestBit(bits);
      this.#word++;
    }
    return this.count > 0;
  }

  #seekBit(doc: number): boolean {
    const word = doc >>> 5;
    // `first` counts the documents before the word that was read last.
    for (; this.#word < word; this.#word++) this.first += bitCount(this.#bits[this.#word] as number);
    const bits = this.#bits[word] as number;
    const bit = 1 << (doc & 31);
    this.place = this.first + bitCount(bits & (bit - 1));
    return (bits & bit) !== 0;
  }
}

/** Iterates over the postings of one term: block by block, or document by document with positions. */
import { bitCount, type DocSet, lowestBit } from './doc-set.ts';
import {
  bitmapOf,
  blockSize,
  docFrequency,
  endOfPositions,
  isDense,
  longPositions,
  type Postings,
  positionSkipInterval,
  positionsFlag,
  readVarint,
  skipWidth,
} from './postings.ts';

const noBits: Uint32Array = new Uint32Array(0);

export class PostingsIterator {
  /** The first `count` elements are the documents of the current block, in ascending order. */
  readonly docs = new Uint32Array(blockSize);
  count = 0;
  /** Index of the block's first posting among the term's postings. */
  first = 0;
  /** Index of the posting that `seek` found, among the term's postings. */
  postingIndex = 0;
  positions: Uint32Array<ArrayBuffer> = new Uint32Array(64);
  readonly #postings: Postings;
  #termOrdinal = 0;
  #docFrequency = 0;
  #docsStart = 0;
  #skipsStart = 0;
  /** The bitmap of a dense term, and the index of the next word to read. */
  #bits: Uint32Array = noBits;
  #word = 0;
  #blockCount = 0;
  #block = -1;
  /** Where the last read positions start: the index of their posting and their offset in `positions`. */
  #positionsIndex = 0;
  #positionsOffset = 0;

  constructor(postings: Postings, termOrdinal = -1) {
    this.#postings = postings;
    if (termOrdinal >= 0) this.open(termOrdinal);
  }

  /** Moves before the first posting of a term. Then call either `next` or `seek`, not both. */
  open(termOrdinal: number): void {
    this.#termOrdinal = termOrdinal;
    this.#docFrequency = docFrequency(this.#postings, termOrdinal);
    this.#docsStart = this.#postings.docsStart[termOrdinal] as number;
    this.#skipsStart = this.#postings.skipsStart[termOrdinal] as number;
    this.#bits = isDense(this.#docFrequency, this.#postings.size) ? bitmapOf(this.#postings, termOrdinal) : noBits;
    this.#word = 0;
    this.#blockCount = Math.ceil(this.#docFrequency / blockSize);
    this.#block = -1;
    this.#positionsIndex = 0;
    this.#positionsOffset = this.#postings.positionsStart[termOrdinal] ?? 0;
    this.count = 0;
    this.first = 0;
    this.postingIndex = 0;
  }

  /** Index of the term's first posting among all postings of the segment. */
  get postingsStart(): number {
    return this.#postings.postingsStart[this.#termOrdinal] as number;
  }

  /** Decodes the next block that may have documents of `filter`. Returns false if there is none. */
  nextBlock(filter: DocSet | null): boolean {
    if (this.#bits.length > 0) return this.#nextBits();
    for (let block = this.#block + 1; block < this.#blockCount; block++) {
      if (filter && this.#blockCount > 1 && !this.#mayIntersect(filter, block)) continue;
      this.#decodeBlock(block);
      return true;
    }
    return false;
  }

  /** Moves forward to `doc` and returns whether the term has a posting for it. `doc` must not descend between calls. */
  seek(doc: number): boolean {
    if (this.#bits.length > 0) return this.#seekBit(doc);
    if (this.#block < 0 || (this.docs[this.count - 1] as number) < doc) {
      let block = this.#block + 1;
      if (block >= this.#blockCount) return false;
      while (block + 1 < this.#blockCount && this.#lastDocBefore(block + 1) < doc) block++;
      this.#decodeBlock(block);
      this.postingIndex = this.first;
    }
    const end = this.first + this.count;
    while (this.postingIndex < end && (this.docs[this.postingIndex - this.first] as number) < doc) this.postingIndex++;
    return this.postingIndex < end && this.docs[this.postingIndex - this.first] === doc;
  }

  /** Decodes the positions of the posting that `seek` found into `positions`, ascending. Returns their number. */
  readPositions(): number {
    const bytes = this.#postings.positions;
    const start = this.#seekPositions(bytes);
    const first = bytes[start] as number;
    if (first < positionsFlag) {
      this.positions[0] = first;
      return 1;
    }
    let offset = start + 1;
    let end = offset + (first - positionsFlag);
    if (first === (positionsFlag | longPositions)) {
      const length = readVarint(bytes, offset);
      offset = length.end;
      end = offset + length.value;
    }
    let count = 0;
    let position = 0;
    while (offset < end) {
      let byte = bytes[offset++] as number;
      let distance = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[offset++] as number;
        distance |= (byte & 127) << shift;
      }
      position += distance;
      if (count === this.positions.length) this.positions = new Uint32Array(this.positions.buffer.transfer(8 * count));
      this.positions[count++] = position;
    }
    return count;
  }

  /** Returns where the posting's positions start. Counts from the last read positions or from a nearer skip entry. */
  #seekPositions(bytes: Uint8Array): number {
    const { positionSkips, positionSkipsStart, positionsStart } = this.#postings;
    const skip = Math.floor(this.postingIndex / positionSkipInterval);
    if (this.#positionsIndex < skip * positionSkipInterval) {
      this.#positionsIndex = skip * positionSkipInterval;
      this.#positionsOffset =
        (positionsStart[this.#termOrdinal] as number) +
        (positionSkips[(positionSkipsStart[this.#termOrdinal] as number) + skip - 1] as number);
    }
    let start = this.#positionsOffset;
    for (let rest = this.postingIndex - this.#positionsIndex; rest > 0; rest--) start = endOfPositions(bytes, start);
    this.#positionsIndex = this.postingIndex;
    this.#positionsOffset = start;
    return start;
  }

  /** Returns the last document before a block, or -1. */
  #lastDocBefore(block: number): number {
    return block === 0 ? -1 : (this.#postings.skips[this.#skipsStart + (block - 1) * skipWidth] as number);
  }

  #mayIntersect(filter: DocSet, block: number): boolean {
    const lastDocMax = block + 1 < this.#blockCount ? this.#lastDocBefore(block + 1) : filter.size - 1;
    return filter.mayIntersect(this.#lastDocBefore(block) + 1, lastDocMax);
  }

  #decodeBlock(block: number): void {
    const { docs: bytes, skips } = this.#postings;
    this.#block = block;
    this.first = block * blockSize;
    this.count = Math.min(blockSize, this.#docFrequency - this.first);
    let offset =
      this.#docsStart + (block === 0 ? 0 : (skips[this.#skipsStart + (block - 1) * skipWidth + 1] as number));
    let doc = this.#lastDocBefore(block);
    const { docs, count } = this;
    for (let i = 0; i < count; i++) {
      let byte = bytes[offset++] as number;
      // Nearly all distances take one byte.
      if (byte > 127) {
        let distance = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[offset++] as number;
          distance |= (byte & 127) << shift;
        }
        doc += distance;
      } else doc += byte;
      docs[i] = doc;
    }
  }

  /** Decodes the next words of the bitmap, as long as 32 more documents fit the block. */
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
    // `first` is the number of documents in the words before `#word`.
    for (; this.#word < word; this.#word++) this.first += bitCount(this.#bits[this.#word] as number);
    const bits = this.#bits[word] as number;
    const bit = 1 << (doc & 31);
    this.postingIndex = this.first + bitCount(bits & (bit - 1));
    return (bits & bit) !== 0;
  }
}

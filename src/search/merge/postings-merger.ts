/** Merges the postings of one term from several segments into document order. */
import { lowestBit } from '#search/index/doc-set.ts';
import { docFrequency, endOfPositions, hasPositions } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { PositionBytes, PostingsWriter } from '#search/write/postings-writer.ts';
import { deletedDoc, type MergeSource } from './doc-id-map.ts';

const initialCapacity = 1024;
const noPositions: PositionBytes = { bytes: new Uint8Array(0), start: 0, end: 0 };

/**
 * Sorts by bitmap (Bentley, "Programming Pearls", column 1): sets one bit per document, then scans the bits.
 * A merged document comes from one segment, so it has at most one posting per term.
 * The cost per posting does not depend on the number of segments.
 */
export class PostingsMerger {
  /** Postings added since `clear`. */
  length = 0;
  readonly #docBits: Uint32Array;
  /** One bit for each word of `#docBits` that is not 0. The scan skips the others. */
  readonly #wordBits: Uint32Array;
  /** Index of a document's posting in the parallel arrays below. */
  readonly #indexOfDoc: Uint32Array;
  #docs = new Uint32Array(initialCapacity);
  #fieldFrequencies = new Uint8Array(initialCapacity);
  /** Encoded positions: bytes `start` to `end` of the buffer with this number. */
  #bufferNumbers = new Uint16Array(initialCapacity);
  #starts = new Uint32Array(initialCapacity);
  #ends = new Uint32Array(initialCapacity);
  readonly #buffers: Uint8Array[] = [];
  readonly #iterators = new Map<MergeSource, PostingsIterator>();

  /** `docCount`: documents in the merged segment. */
  constructor(docCount: number) {
    this.#indexOfDoc = new Uint32Array(docCount);
    this.#docBits = new Uint32Array((docCount + 31) >>> 5);
    this.#wordBits = new Uint32Array((this.#docBits.length + 31) >>> 5);
  }

  clear(): void {
    this.length = 0;
    this.#buffers.length = 0;
  }

  /** Adds the postings of the source's live documents. */
  add(source: MergeSource, termOrdinal: number): void {
    const { postings } = source.segment;
    this.#reserve(this.length + docFrequency(postings, termOrdinal));
    const bufferNumber = this.#buffers.push(postings.positions) - 1;
    const isPositional = hasPositions(postings.terms.bytesOf(termOrdinal));
    const iterator = this.#iteratorOf(source);
    iterator.open(termOrdinal);
    let end = isPositional ? (postings.positionsStart[termOrdinal] as number) : 0;
    while (iterator.nextBlock(null)) {
      const blockStart = iterator.postingsStart + iterator.first;
      for (let i = 0; i < iterator.count; i++) {
        const start = end;
        // Encoded positions have no index, so step over those of deleted documents too.
        if (isPositional) end = endOfPositions(postings.positions, start);
        const doc = source.docMap[iterator.docs[i] as number] as number;
        if (doc === deletedDoc) continue;
        const index = this.length++;
        this.#docs[index] = doc;
        // Keyword terms have no field frequencies.
        this.#fieldFrequencies[index] = postings.fieldFrequencies[blockStart + i] ?? 0;
        this.#bufferNumbers[index] = bufferNumber;
        this.#starts[index] = start;
        this.#ends[index] = end;
      }
    }
  }

  /** Writes nothing if every document of the term is deleted. */
  write(term: Uint8Array, writer: PostingsWriter): void {
    if (this.length === 0) return;
    writer.startTerm(term, this.length);
    // Postings of a single segment are in order already.
    if (this.#buffers.length > 1) this.#writeInDocOrder(writer);
    else for (let index = 0; index < this.length; index++) this.#writePosting(index, writer);
  }

  #writeInDocOrder(writer: PostingsWriter): void {
    for (let index = 0; index < this.length; index++) {
      const doc = this.#docs[index] as number;
      this.#indexOfDoc[doc] = index;
      (this.#docBits[doc >>> 5] as number) |= 1 << (doc & 31);
      (this.#wordBits[doc >>> 10] as number) |= 1 << ((doc >>> 5) & 31);
    }
    for (let i = 0; i < this.#wordBits.length; i++) {
      for (let words = this.#wordBits[i] as number; words !== 0; words &= words - 1) {
        this.#writeWord((i << 5) | lowestBit(words), writer);
      }
      this.#wordBits[i] = 0;
    }
  }

  /** Writes the documents of one word of `#docBits` and clears it for the next term. */
  #writeWord(word: number, writer: PostingsWriter): void {
    for (let bits = this.#docBits[word] as number; bits !== 0; bits &= bits - 1) {
      this.#writePosting(this.#indexOfDoc[(word << 5) | lowestBit(bits)] as number, writer);
    }
    this.#docBits[word] = 0;
  }

  #writePosting(index: number, writer: PostingsWriter): void {
    const [start, end] = [this.#starts[index] as number, this.#ends[index] as number];
    const bytes = this.#buffers[this.#bufferNumbers[index] as number] as Uint8Array;
    const positions = start === end ? noPositions : { bytes, start, end };
    writer.addPosting(this.#docs[index] as number, this.#fieldFrequencies[index] as number, positions);
  }

  #iteratorOf(source: MergeSource): PostingsIterator {
    const known = this.#iterators.get(source);
    if (known) return known;
    const iterator = new PostingsIterator(source.segment.postings);
    this.#iterators.set(source, iterator);
    return iterator;
  }

  #reserve(length: number): void {
    if (length <= this.#docs.length) return;
    const capacity = 2 * length;
    this.#docs = new Uint32Array(this.#docs.buffer.transfer(4 * capacity));
    this.#fieldFrequencies = new Uint8Array(this.#fieldFrequencies.buffer.transfer(capacity));
    this.#bufferNumbers = new Uint16Array(this.#bufferNumbers.buffer.transfer(2 * capacity));
    this.#starts = new Uint32Array(this.#starts.buffer.transfer(4 * capacity));
    this.#ends = new Uint32Array(this.#ends.buffer.transfer(4 * capacity));
  }
}

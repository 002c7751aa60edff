/** One key's postings from several segments, put in the order of their new document numbers. */
import { lowestBit } from '#search/index/doc-set.ts';
import { docFrequency, endOfRun, hasPositions } from '#search/index/postings.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { PositionRun, PostingsWriter } from '#search/write/postings-writer.ts';
import type { Source } from './doc-id-map.ts';
import { gone } from './doc-id-map.ts';

const noRun: PositionRun = { source: new Uint8Array(0), start: 0, end: 0 };

/**
 * Postings come in source by source and go out by document: each leaves its place in a table by document, and a bit that it is there;
 * a second row of bits says which words of the first have any. So a posting costs the same from however many segments it comes.
 */
export class ListGatherer {
  length = 0;
  readonly #placeOf: Uint32Array;
  readonly #bits: Uint32Array;
  readonly #wordsUsed: Uint32Array;
  #docs = new Uint32Array(1024);
  #fields = new Uint8Array(1024);
  /** In which of the taken sources' positions a posting's are, and from where to where. */
  #taken = new Uint16Array(1024);
  #starts = new Uint32Array(1024);
  #ends = new Uint32Array(1024);
  readonly #positions: Uint8Array[] = [];
  readonly #blocks = new Map<Source, PostingsIterator>();

  constructor(size: number) {
    this.#placeOf = new Uint32Array(size);
    this.#bits = new Uint32Array((size + 31) >>> 5);
    this.#wordsUsed = new Uint32Array((this.#bits.length + 31) >>> 5);
  }

  clear(): void {
    this.length = 0;
    this.#positions.length = 0;
  }

  /** Takes the living postings of a list. */
  add(source: Source, term: number): void {
    const { postings } = source.segment;
    this.#makeRoom(this.length + docFrequency(postings, term));
    const taken = this.#positions.push(postings.positions) - 1;
    const blocks = this.#blocksOf(source);
    blocks.open(term);
    const start = blocks.start;
    const positioned = hasPositions(postings.terms.bytesOf(term));
    let end = positioned ? (postings.positionsStart[term] as number) : 0;
    while (blocks.next(null)) {
      for (let i = 0; i < blocks.count; i++) {
        const begin = end;
        if (positioned) end = endOfRun(postings.positions, begin);
        const doc = source.docs[blocks.docs[i] as number] as number;
        if (doc === gone) continue;
        const at = this.length++;
        this.#docs[at] = doc;
        this.#fields[at] = postings.fields[start + blocks.first + i] ?? 0;
        this.#taken[at] = taken;
        this.#starts[at] = begin;
        this.#ends[at] = end;
      }
    }
  }

  /** A key without documents leaves no trace. */
  write(key: Uint8Array, writer: PostingsWriter): void {
    if (this.length === 0) return;
    writer.begin(key, this.length);
    if (this.#positions.length === 1) for (let at = 0; at < this.length; at++) this.#writeOne(at, writer);
    else this.#writeSorted(writer);
  }

  #writeSorted(writer: PostingsWriter): void {
    for (let at = 0; at < this.length; at++) {
      const doc = this.#docs[at] as number;
      this.#placeOf[doc] = at;
      (this.#bits[doc >>> 5] as number) |= 1 << (doc & 31);
      (this.#wordsUsed[doc >>> 10] as number) |= 1 << ((doc >>> 5) & 31);
    }
    for (let i = 0; i < this.#wordsUsed.length; i++) {
      for (let used = this.#wordsUsed[i] as number; used !== 0; used &= used - 1) {
        const word = (i << 5) | lowestBit(used);
        for (let bits = this.#bits[word] as number; bits !== 0; bits &= bits - 1) {
          this.#writeOne(this.#placeOf[(word << 5) | lowestBit(bits)] as number, writer);
        }
        this.#bits[word] = 0;
      }
      this.#wordsUsed[i] = 0;
    }
  }

  #writeOne(at: number, writer: PostingsWriter): void {
    const [start, end] = [this.#starts[at] as number, this.#ends[at] as number];
    const run =
      start === end ? noRun : { source: this.#positions[this.#taken[at] as number] as Uint8Array, start, end };
    writer.add(this.#docs[at] as number, this.#fields[at] as number, run);
  }

  #blocksOf(source: Source): PostingsIterator {
    const known = this.#blocks.get(source);
    if (known) return known;
    const blocks = new PostingsIterator(source.segment.postings);
    this.#blocks.set(source, blocks);
    return blocks;
  }

  #makeRoom(length: number): void {
    if (length <= this.#docs.length) return;
    const capacity = 2 * length;
    this.#docs = new Uint32Array(this.#docs.buffer.transfer(4 * capacity));
    this.#starts = new Uint32Array(this.#starts.buffer.transfer(4 * capacity));
    this.#ends = new Uint32Array(this.#ends.buffer.transfer(4 * capacity));
    this.#taken = new Uint16Array(this.#taken.buffer.transfer(2 * capacity));
    this.#fields = new Uint8Array(this.#fields.buffer.transfer(capacity));
  }
}

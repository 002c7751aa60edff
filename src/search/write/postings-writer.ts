/** Writes postings term by term, in the order of the terms, and document by document. */
import { ByteBuilder, IntBuilder } from '#search/index/array-builder.ts';
import {
  blockSize,
  hasFieldFrequencies,
  hasPositions,
  isDense,
  type Postings,
  positionSkipInterval,
} from '#search/index/postings.ts';
import { TermDictionary } from '#search/index/term-dictionary.ts';

/** Encoded positions of a posting: `bytes` from `start` to `end`. */
export type PositionBytes = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

export class PostingsWriter {
  readonly #size: number;
  readonly #wordsPerBitmap: number;
  readonly #termBytes = new ByteBuilder();
  readonly #termStarts = new IntBuilder();
  readonly #postingsStart = new IntBuilder();
  readonly #docsStart = new IntBuilder();
  readonly #skipsStart = new IntBuilder();
  readonly #positionsStart = new IntBuilder();
  readonly #positionSkipsStart = new IntBuilder();
  readonly #docs = new ByteBuilder();
  readonly #bitmaps = new IntBuilder();
  readonly #skips = new IntBuilder();
  readonly #fieldFrequencies = new ByteBuilder();
  readonly #positions = new ByteBuilder();
  readonly #positionSkips = new IntBuilder();
  /** Postings of all terms so far. */
  #postingCount = 0;
  /** State of the current term. */
  #previousDoc = -1;
  #postingIndex = 0;
  #isDense = false;
  #hasFieldFrequencies = false;
  #hasPositions = false;
  #docsOffset = 0;
  #bitmapOffset = 0;
  #positionsOffset = 0;

  /** `size`: documents of the segment. */
  constructor(size: number) {
    this.#size = size;
    this.#wordsPerBitmap = (size + 31) >>> 5;
  }

  /** Starts a term. Exactly `docFrequency` calls of `addPosting` must follow. */
  startTerm(term: Uint8Array, docFrequency: number): void {
    this.#termStarts.push(this.#termBytes.length);
    this.#termBytes.append(term);
    this.#previousDoc = -1;
    this.#postingIndex = 0;
    this.#isDense = isDense(docFrequency, this.#size);
    this.#hasFieldFrequencies = hasFieldFrequencies(term);
    this.#hasPositions = hasPositions(term);
    this.#docsOffset = this.#docs.length;
    this.#bitmapOffset = this.#bitmaps.length;
    this.#positionsOffset = this.#positions.length;
    this.#postingsStart.push(this.#postingCount);
    this.#docsStart.push(this.#isDense ? this.#bitmapOffset : this.#docsOffset);
    this.#skipsStart.push(this.#skips.length);
    this.#postingCount += docFrequency;
    if (this.#isDense) this.#bitmaps.pushZeros(this.#wordsPerBitmap);
    if (!this.#hasPositions) return;
    this.#positionsStart.push(this.#positionsOffset);
    this.#positionSkipsStart.push(this.#positionSkips.length);
  }

  /** Adds a posting. Documents must ascend within a term. */
  addPosting(doc: number, fieldFrequencies: number, positions: PositionBytes): void {
    const index = this.#postingIndex++;
    if (this.#isDense) this.#bitmaps.orAt(this.#bitmapOffset + (doc >>> 5), 1 << (doc & 31));
    else {
      if (index >= blockSize && index % blockSize === 0) {
        this.#skips.push(this.#previousDoc);
        this.#skips.push(this.#docs.length - this.#docsOffset);
      }
      this.#docs.pushVarint(doc - this.#previousDoc);
      this.#previousDoc = doc;
    }
    if (this.#hasFieldFrequencies) this.#fieldFrequencies.push(fieldFrequencies);
    if (!this.#hasPositions) return;
    if (index >= positionSkipInterval && index % positionSkipInterval === 0)
      this.#positionSkips.push(this.#positions.length - this.#positionsOffset);
    this.#positions.append(positions.bytes, positions.start, positions.end);
  }

  finish(): Postings {
    this.#termStarts.push(this.#termBytes.length);
    this.#postingsStart.push(this.#postingCount);
    return {
      size: this.#size,
      terms: new TermDictionary(this.#termBytes.finish(), this.#termStarts.finish()),
      postingsStart: this.#postingsStart.finish(),
      docsStart: this.#docsStart.finish(),
      skipsStart: this.#skipsStart.finish(),
      positionsStart: this.#positionsStart.finish(),
      positionSkipsStart: this.#positionSkipsStart.finish(),
      docs: this.#docs.finish(),
      bitmaps: this.#bitmaps.finish(),
      skips: this.#skips.finish(),
      fieldFrequencies: this.#fieldFrequencies.finish(),
      positions: this.#positions.finish(),
      positionSkips: this.#positionSkips.finish(),
    };
  }
}

/** Writes inverted lists in the order of their keys. */
import { ByteBuilder, IntBuilder } from '#search/index/array-builder.ts';
import { blockSize, hasFields, hasPositions, isDense, type Postings, positionsStep } from '#search/index/postings.ts';
import { TermDictionary } from '#search/index/term-dictionary.ts';

/** Where a posting's coded positions are: `source` from `start` to `end`. */
export type PositionRun = { readonly source: Uint8Array; readonly start: number; readonly end: number };

export class PostingsWriter {
  readonly #size: number;
  readonly #words: number;
  readonly #keys = new ByteBuilder();
  readonly #keysStart = new IntBuilder();
  readonly #postingsStart = new IntBuilder();
  readonly #docsStart = new IntBuilder();
  readonly #skipsStart = new IntBuilder();
  readonly #positionsStart = new IntBuilder();
  readonly #positionSkipsStart = new IntBuilder();
  readonly #docs = new ByteBuilder();
  readonly #bitmaps = new IntBuilder();
  readonly #skips = new IntBuilder();
  readonly #fields = new ByteBuilder();
  readonly #positions = new ByteBuilder();
  readonly #positionSkips = new IntBuilder();
  /** Postings in all lists so far. */
  #total = 0;
  /** The list that is being written. */
  #previous = -1;
  #count = 0;
  #dense = false;
  #counted = false;
  #positioned = false;
  #docsAt = 0;
  #bitsAt = 0;
  #positionsAt = 0;

  /** For a segment of `size` documents. */
  constructor(size: number) {
    this.#size = size;
    this.#words = (size + 31) >>> 5;
  }

  /** Starts the list of a key, to which `length` postings follow in ascending order of documents. */
  begin(key: Uint8Array, length: number): void {
    this.#keysStart.push(this.#keys.length);
    this.#keys.append(key);
    this.#previous = -1;
    this.#count = 0;
    this.#dense = isDense(length, this.#size);
    this.#counted = hasFields(key);
    this.#positioned = hasPositions(key);
    this.#docsAt = this.#docs.length;
    this.#bitsAt = this.#bitmaps.length;
    this.#positionsAt = this.#positions.length;
    this.#postingsStart.push(this.#total);
    this.#docsStart.push(this.#dense ? this.#bitsAt : this.#docsAt);
    this.#skipsStart.push(this.#skips.length);
    this.#total += length;
    if (this.#dense) this.#bitmaps.pushZeros(this.#words);
    if (!this.#positioned) return;
    this.#positionsStart.push(this.#positionsAt);
    this.#positionSkipsStart.push(this.#positionSkips.length);
  }

  add(doc: number, fields: number, run: PositionRun): void {
    const count = this.#count++;
    if (this.#dense) this.#bitmaps.orAt(this.#bitsAt + (doc >>> 5), 1 << (doc & 31));
    else {
      if (count >= blockSize && count % blockSize === 0) {
        this.#skips.push(this.#previous);
        this.#skips.push(this.#docs.length - this.#docsAt);
      }
      this.#docs.pushVarint(doc - this.#previous);
      this.#previous = doc;
    }
    if (this.#counted) this.#fields.push(fields);
    if (!this.#positioned) return;
    if (count >= positionsStep && count % positionsStep === 0)
      this.#positionSkips.push(this.#positions.length - this.#positionsAt);
    this.#positions.append(run.source, run.start, run.end);
  }

  finish(): Postings {
    this.#keysStart.push(this.#keys.length);
    this.#postingsStart.push(this.#total);
    return {
      size: this.#size,
      terms: new TermDictionary(this.#keys.finish(), this.#keysStart.finish()),
      postingsStart: this.#postingsStart.finish(),
      docsStart: this.#docsStart.finish(),
      skipsStart: this.#skipsStart.finish(),
      positionsStart: this.#positionsStart.finish(),
      positionSkipsStart: this.#positionSkipsStart.finish(),
      docs: this.#docs.finish(),
      bitmaps: this.#bitmaps.finish(),
      skips: this.#skips.finish(),
      fields: this.#fields.finish(),
      positions: this.#positions.finish(),
      positionSkips: this.#positionSkips.finish(),
    };
  }
}

/** The inverted lists: delta-coded document numbers with skips, a byte of field counts and the positions of each posting. */
import { GrowingBytes, GrowingInts } from './growing.ts';
import { keyKinds, Vocabulary } from './vocabulary.ts';

/** Postings in a block; from the second block on, each has a skip entry. */
export const blockSize = 128;

/** Positions can be entered at every so many postings of a block. */
export const positionsStep = 32;

/**
 * Numbers in a skip entry: the last document before the block, where its documents begin within the list's, and where the positions of
 * its first posting, and of every `positionsStep`-th one, do.
 */
export const skipWidth = 2 + blockSize / positionsStep;

/**
 * List `t` has its documents in `docs` from `docsStart[t]`, its field counts in `fields` from `fieldsStart[t]` (one a posting, so the
 * difference to the next is the document frequency), its positions from `positionsStart[t]`, its skips from `skipsStart[t]`.
 * Documents are varints of the distance to the one before (-1 before the first). Positions are varints of
 * `distance · 2 + last`, where `last` is 1 at the posting's end. All starts fit 32 bits up to some ten million papers.
 */
export type Postings = {
  readonly vocabulary: Vocabulary;
  readonly docsStart: Uint32Array;
  readonly fieldsStart: Uint32Array;
  readonly positionsStart: Uint32Array;
  readonly skipsStart: Uint32Array;
  readonly docs: Uint8Array;
  readonly fields: Uint8Array;
  readonly positions: Uint8Array;
  readonly skips: Uint32Array;
};

/** Only stems have positions. */
export function hasPositions(key: Uint8Array): boolean {
  return key[0] === keyKinds.stem.charCodeAt(0) || key[0] === keyKinds.organizationStem.charCodeAt(0);
}

/** In how many documents a key is, those no longer alive included. */
export function listLength(postings: Postings, term: number): number {
  return (postings.fieldsStart[term + 1] as number) - (postings.fieldsStart[term] as number);
}

/** A run of coded positions. */
export type PositionRun = { readonly source: Uint8Array; readonly start: number; readonly end: number };

/** Writes lists in the order of their keys, each list in ascending order of documents. */
export class PostingsWriter {
  readonly #keys = new GrowingBytes();
  readonly #keysStart = new GrowingInts();
  readonly #docsStart = new GrowingInts();
  readonly #fieldsStart = new GrowingInts();
  readonly #positionsStart = new GrowingInts();
  readonly #skipsStart = new GrowingInts();
  readonly #docs = new GrowingBytes();
  readonly #fields = new GrowingBytes();
  readonly #positions = new GrowingBytes();
  readonly #skips = new GrowingInts();
  #previous = -1;
  #open = { docs: 0, fields: 0, positions: 0 };

  /** Starts the list of a key, once its first posting is there: a key without documents leaves no trace. */
  begin(key: Uint8Array): void {
    this.#mark();
    this.#keys.append(key);
    this.#previous = -1;
    this.#open = { docs: this.#docs.length, fields: this.#fields.length, positions: this.#positions.length };
  }

  add(doc: number, fields: number, positions: PositionRun): void {
    const count = this.#fields.length - this.#open.fields;
    if (count >= blockSize && count % positionsStep === 0) this.#pushSkip(count % blockSize);
    this.#docs.pushVarint(doc - this.#previous);
    this.#fields.push(fields);
    this.#positions.append(positions.source, positions.start, positions.end);
    this.#previous = doc;
  }

  /** Entries are written a number at a time, as the block is. */
  #pushSkip(place: number): void {
    if (place === 0) {
      // The last block of a list may have ended before its later entrances.
      this.#padSkips();
      this.#skips.push(this.#previous);
      this.#skips.push(this.#docs.length - this.#open.docs);
    }
    this.#skips.push(this.#positions.length - this.#open.positions);
  }

  #padSkips(): void {
    while (this.#skips.length % skipWidth !== 0) this.#skips.push(0);
  }

  finish(): Postings {
    this.#mark();
    return {
      vocabulary: new Vocabulary(this.#keys.finish(), this.#keysStart.finish()),
      docsStart: this.#docsStart.finish(),
      fieldsStart: this.#fieldsStart.finish(),
      positionsStart: this.#positionsStart.finish(),
      skipsStart: this.#skipsStart.finish(),
      docs: this.#docs.finish(),
      fields: this.#fields.finish(),
      positions: this.#positions.finish(),
      skips: this.#skips.finish(),
    };
  }

  #mark(): void {
    this.#padSkips();
    this.#keysStart.push(this.#keys.length);
    this.#docsStart.push(this.#docs.length);
    this.#fieldsStart.push(this.#fields.length);
    this.#positionsStart.push(this.#positions.length);
    this.#skipsStart.push(this.#skips.length);
  }
}

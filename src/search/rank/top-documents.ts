/** The best few of many documents, without sorting the rest. */
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import type { RankOf } from './sort-ranks.ts';

export type Candidate = { readonly doc: number; readonly rank: number };

/** Keeps the `limit` documents of highest rank; of equals the ones offered first, which must be in ascending order. */
export class TopDocuments {
  readonly #limit: number;
  /** A heap: each entry is worse than the two below it, the worst one of all first. */
  readonly #ranks: Float64Array;
  readonly #docs: Uint32Array;
  #count = 0;
  /** What ranks at or below it is not among the best. */
  threshold: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#ranks = new Float64Array(limit);
    this.#docs = new Uint32Array(limit);
    this.threshold = limit > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  offer(doc: number, rank: number): void {
    if (this.#count < this.#limit) this.#rise(this.#count++, doc, rank);
    else if (rank > this.threshold) this.#sink(doc, rank);
    if (this.#count === this.#limit) this.threshold = this.#ranks[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Best first. */
  take(): Candidate[] {
    const kept = Array.from({ length: this.#count }, (_, i) => ({
      doc: this.#docs[i] as number,
      rank: this.#ranks[i] as number,
    }));
    return kept.sort((a, b) => b.rank - a.rank || a.doc - b.doc);
  }

  #rise(free: number, doc: number, rank: number): void {
    let at = free;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isWorse(doc, rank, above)) break;
      this.#move(above, at);
      at = above;
    }
    this.#ranks[at] = rank;
    this.#docs[at] = doc;
  }

  /** In place of the worst one. */
  #sink(doc: number, rank: number): void {
    let at = 0;
    for (let below = 1; below < this.#count; below = 2 * at + 1) {
      const other = below + 1;
      if (other < this.#count && this.#isWorse(this.#docs[other] as number, this.#ranks[other] as number, below))
        below = other;
      if (this.#isWorse(doc, rank, below)) break;
      this.#move(below, at);
      at = below;
    }
    this.#ranks[at] = rank;
    this.#docs[at] = doc;
  }

  #move(from: number, to: number): void {
    this.#ranks[to] = this.#ranks[from] as number;
    this.#docs[to] = this.#docs[from] as number;
  }

  /** Whether a document is worse than the one at a place: lower in rank, or as high and offered later. */
  #isWorse(doc: number, rank: number, at: number): boolean {
    const other = this.#ranks[at] as number;
    return rank < other || (rank === other && doc > (this.#docs[at] as number));
  }
}

/** The best `limit` of a set by their scores, or by a rank; without either the first ones. */
export function bestOf(
  { set, count }: { readonly set: DocSet; readonly count: number },
  limit: number,
  by: Uint32Array | RankOf | null,
): Candidate[] {
  const top = new TopDocuments(Math.min(limit, count));
  if (by instanceof Uint32Array) offerScored(top, set, by);
  else if (by) set.forEach((doc) => void top.offer(doc, by(doc)));
  else for (const doc of set.firstOnes(Math.min(limit, count))) top.offer(doc, 0);
  return top.take();
}

/** Nearly all documents stay below the threshold: a loop of its own decides them without a call. */
function offerScored(top: TopDocuments, { words }: DocSet, scores: Uint32Array): void {
  for (let i = 0; i < words.length; i++) {
    for (let bits = words[i] as number; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      const score = scores[doc] as number;
      if (score > top.threshold) top.offer(doc, score);
    }
  }
}

/** Selects the top k documents with a heap. */
import { type DocSet, lowestBit } from '#search/index/doc-set.ts';
import type { RankOf } from './sort-ranks.ts';

export type Candidate = { readonly doc: number; readonly rank: number };

/** Keeps the `limit` documents of highest rank. Equal ranks: the lower document wins, so offer in ascending order. */
export class TopDocuments {
  readonly #limit: number;
  /** Binary min-heap: each entry is worse than its two children, and the root is the worst of all. */
  readonly #ranks: Float64Array;
  readonly #docs: Uint32Array;
  #count = 0;
  /** A document with this rank or less is not among the top k. */
  threshold: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#ranks = new Float64Array(limit);
    this.#docs = new Uint32Array(limit);
    this.threshold = limit > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  offer(doc: number, rank: number): void {
    if (this.#count < this.#limit) this.#siftUp(this.#count++, doc, rank);
    else if (rank > this.threshold) this.#siftDown(doc, rank);
    if (this.#count === this.#limit) this.threshold = this.#ranks[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Best first. */
  take(): Candidate[] {
    const candidates = Array.from({ length: this.#count }, (_, i) => ({
      doc: this.#docs[i] as number,
      rank: this.#ranks[i] as number,
    }));
    return candidates.sort((a, b) => b.rank - a.rank || a.doc - b.doc);
  }

  #siftUp(free: number, doc: number, rank: number): void {
    let index = free;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isWorse(doc, rank, parent)) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#ranks[index] = rank;
    this.#docs[index] = doc;
  }

  /** Replaces the root, which is the worst entry. */
  #siftDown(doc: number, rank: number): void {
    let index = 0;
    for (let child = 1; child < this.#count; child = 2 * index + 1) {
      const sibling = child + 1;
      if (sibling < this.#count && this.#isWorse(this.#docs[sibling] as number, this.#ranks[sibling] as number, child))
        child = sibling;
      if (this.#isWorse(doc, rank, child)) break;
      this.#move(child, index);
      index = child;
    }
    this.#ranks[index] = rank;
    this.#docs[index] = doc;
  }

  #move(from: number, to: number): void {
    this.#ranks[to] = this.#ranks[from] as number;
    this.#docs[to] = this.#docs[from] as number;
  }

  /** Whether a document is worse than the one at `index`: lower rank, or equal rank and a greater number. */
  #isWorse(doc: number, rank: number, index: number): boolean {
    const sibling = this.#ranks[index] as number;
    return rank < sibling || (rank === sibling && doc > (this.#docs[index] as number));
  }
}

/** Returns the top `limit` documents by score or rank. With `by` null, returns the first ones. */
export function bestOf(
  { set, count }: { readonly set: DocSet; readonly count: number },
  limit: number,
  by: Uint32Array | RankOf | null,
): Candidate[] {
  const top = new TopDocuments(Math.min(limit, count));
  if (by instanceof Uint32Array) offerScored(top, set, by);
  else if (by) set.forEach((doc) => void top.offer(doc, by(doc)));
  else for (const doc of set.lowest(Math.min(limit, count))) top.offer(doc, 0);
  return top.take();
}

/** Avoids a call per document, since nearly all scores are below the threshold. */
function offerScored(top: TopDocuments, { words }: DocSet, scores: Uint32Array): void {
  for (let i = 0; i < words.length; i++) {
    for (let bits = words[i] as number; bits !== 0; bits &= bits - 1) {
      const doc = (i << 5) | lowestBit(bits);
      const score = scores[doc] as number;
      if (score > top.threshold) top.offer(doc, score);
    }
  }
}

/** Computes a vector of 64 bytes for every paper from its terms' vectors, and updates them when segments change. */
import { DocSet } from '#search/index/doc-set.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { dimensions, learnTermSpace, occurrences, postingsPerStep, type TermSpace } from './term-vectors.ts';

/** Papers per chunk. A chunk needs 4 MB of temporary memory. */
const chunkPapers = 16_384;
/** Growth factor of the store after which the space is learned again. */
const growthFactor = 2;
const scale = 127;

export class PaperVectors {
  #space: TermSpace | null = null;
  /** Number of papers when the space was learned. */
  #papers = 0;
  #known: readonly { readonly segment: Segment; readonly vectors: Int8Array }[] = [];

  /** Whether `follow` would change the vectors. */
  isBehind(segments: readonly Segment[]): boolean {
    return (
      this.#isOutgrown(segments) || (this.#space !== null && segments.some((segment) => !this.#vectorsOf(segment)))
    );
  }

  /** Learns the space if the store has outgrown it and computes missing vectors, in steps. */
  *follow(segments: readonly Segment[]): Generator<void, void> {
    if (this.#isOutgrown(segments)) {
      const space = yield* learnTermSpace(segments);
      this.#papers = countOf(segments);
      if (space) [this.#space, this.#known] = [space, []];
    }
    const space = this.#space;
    if (!space) return;
    const known = [];
    for (const segment of segments)
      known.push({ segment, vectors: this.#vectorsOf(segment) ?? (yield* this.#compute(space, segment)) });
    this.#known = known;
  }

  /** Returns a function for the cosine similarity to other papers, from 0 to 1. Null if the paper has no vector. */
  similarityTo(segment: Segment, doc: number): ((other: Segment, doc: number) => number) | null {
    const own = this.#vectorsOf(segment)?.subarray(doc * dimensions, (doc + 1) * dimensions);
    if (!own) return null;
    return (other, at) => {
      const vectors = this.#vectorsOf(other);
      let product = 0;
      for (let k = 0; vectors && k < dimensions; k++)
        product += (own[k] as number) * (vectors[at * dimensions + k] as number);
      return Math.max(0, product) / (scale * scale);
    };
  }

  #isOutgrown(segments: readonly Segment[]): boolean {
    return countOf(segments) >= Math.max(1, growthFactor * this.#papers);
  }

  #vectorsOf(segment: Segment): Int8Array | undefined {
    return this.#known.find((known) => known.segment === segment)?.vectors;
  }

  /** Copies the vectors of a merged segment from the segments it replaces, and computes the others. */
  *#compute(space: TermSpace, segment: Segment): Generator<void, Int8Array> {
    const vectors = new Int8Array(segment.size * dimensions);
    const missing = new DocSet(segment.size);
    for (let doc = 0; doc < segment.size; doc++) {
      if (!this.#copy(segment, doc, vectors)) missing.add(doc);
      if (doc % chunkPapers === 0) yield;
    }
    for (let from = 0; from < segment.size; from += chunkPapers) {
      const chunk = new DocSet(segment.size);
      for (let doc = from; doc < Math.min(segment.size, from + chunkPapers); doc++)
        if (missing.has(doc)) chunk.add(doc);
      if (chunk.count() > 0) yield* computeChunk({ space, segment, vectors }, chunk, from);
    }
    return vectors;
  }

  #copy(segment: Segment, doc: number, into: Int8Array): boolean {
    const key = segment.key(doc);
    for (const known of this.#known) {
      const at = known.segment.docOf(key);
      if (at < 0) continue;
      into.set(known.vectors.subarray(at * dimensions, (at + 1) * dimensions), doc * dimensions);
      return true;
    }
    return false;
  }
}

type Target = { readonly space: TermSpace; readonly segment: Segment; readonly vectors: Int8Array };

function* computeChunk({ space, segment, vectors }: Target, chunk: DocSet, from: number): Generator<void, void> {
  const sums = new Float32Array(chunkPapers * dimensions);
  let postingsRead = 0;
  for (const [i, text] of space.terms.entries()) {
    if (postingsRead > postingsPerStep || i % 256 === 0) yield;
    if (postingsRead > postingsPerStep) postingsRead = 0;
    const ordinal = segment.postings.terms.find(fieldPrefixes.stem + text);
    if (ordinal < 0) continue;
    const iterator = new PostingsIterator(segment.postings, ordinal);
    while (iterator.nextBlock(chunk)) {
      postingsRead += iterator.count;
      for (let at = 0; at < iterator.count; at++) {
        const doc = iterator.docs[at] as number;
        if (!chunk.has(doc)) continue;
        const frequency = occurrences(
          segment.postings.fieldFrequencies[iterator.postingsStart + iterator.first + at] as number,
        );
        const to = (doc - from) * dimensions;
        for (let k = 0; k < dimensions; k++)
          (sums[to + k] as number) += frequency * (space.vectors[i * dimensions + k] as number);
      }
    }
  }
  for (const doc of chunk.toArray())
    writeUnit(sums.subarray((doc - from) * dimensions, (doc - from + 1) * dimensions), vectors, doc);
}

/** Writes the unit vector, scaled to integers. */
function writeUnit(sum: Float32Array, vectors: Int8Array, doc: number): void {
  const length = Math.hypot(...sum);
  for (let k = 0; length > 0 && k < dimensions; k++)
    vectors[doc * dimensions + k] = Math.round((scale * (sum[k] as number)) / length);
}

function countOf(segments: readonly Segment[]): number {
  return segments.reduce((total, segment) => total + segment.liveCount, 0);
}

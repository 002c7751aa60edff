/** A vector for every paper, made of its terms' vectors: 64 bytes each, beside the segments and brought up to date after them. */
import { DocSet } from '#search/index/doc-set.ts';
import { PostingsIterator } from '#search/index/postings-iterator.ts';
import type { Segment } from '#search/index/segment.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { dimensions, learnTermSpace, occurrences, postingsPerStep, type TermSpace } from './term-vectors.ts';

/** Papers whose vectors are made together: what this takes beside the vectors is 4 MB. */
const chunkPapers = 16_384;
/** The space is learned again when the store has grown by this much. */
const growth = 2;
const unit = 127;

export class PaperVectors {
  #space: TermSpace | null = null;
  /** How many papers there were when the space was learned. */
  #papers = 0;
  #known: readonly { readonly segment: Segment; readonly vectors: Int8Array }[] = [];

  /** Whether `follow` has anything to do. */
  isBehind(segments: readonly Segment[]): boolean {
    return (
      this.#isOutgrown(segments) || (this.#space !== null && segments.some((segment) => !this.#vectorsOf(segment)))
    );
  }

  /** Learns the space when it is time to, and makes the vectors that are missing, in steps. */
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
      known.push({ segment, vectors: this.#vectorsOf(segment) ?? (yield* this.#make(space, segment)) });
    this.#known = known;
  }

  /** How alike a paper is to each of others, from 0 to 1; null while there are no vectors for it. */
  similarityTo(segment: Segment, doc: number): ((other: Segment, doc: number) => number) | null {
    const own = this.#vectorsOf(segment)?.subarray(doc * dimensions, (doc + 1) * dimensions);
    if (!own) return null;
    return (other, at) => {
      const vectors = this.#vectorsOf(other);
      let product = 0;
      for (let k = 0; vectors && k < dimensions; k++)
        product += (own[k] as number) * (vectors[at * dimensions + k] as number);
      return Math.max(0, product) / (unit * unit);
    };
  }

  #isOutgrown(segments: readonly Segment[]): boolean {
    return countOf(segments) >= Math.max(1, growth * this.#papers);
  }

  #vectorsOf(segment: Segment): Int8Array | undefined {
    return this.#known.find((known) => known.segment === segment)?.vectors;
  }

  /** Those of a folded segment are there already, in the segments it was made of. */
  *#make(space: TermSpace, segment: Segment): Generator<void, Int8Array> {
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
      if (chunk.count() > 0) yield* makeChunk({ space, segment, vectors }, chunk, from);
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

type Making = { readonly space: TermSpace; readonly segment: Segment; readonly vectors: Int8Array };

function* makeChunk({ space, segment, vectors }: Making, chunk: DocSet, from: number): Generator<void, void> {
  const sums = new Float32Array(chunkPapers * dimensions);
  let read = 0;
  for (const [i, text] of space.terms.entries()) {
    if (read > postingsPerStep || i % 256 === 0) yield;
    if (read > postingsPerStep) read = 0;
    const term = segment.postings.terms.find(fieldPrefixes.stem + text);
    if (term < 0) continue;
    const blocks = new PostingsIterator(segment.postings, term);
    while (blocks.next(chunk)) {
      read += blocks.count;
      for (let at = 0; at < blocks.count; at++) {
        const doc = blocks.docs[at] as number;
        if (!chunk.has(doc)) continue;
        const times = occurrences(segment.postings.fields[blocks.start + blocks.first + at] as number);
        const to = (doc - from) * dimensions;
        for (let k = 0; k < dimensions; k++)
          (sums[to + k] as number) += times * (space.vectors[i * dimensions + k] as number);
      }
    }
  }
  for (const doc of chunk.toArray())
    writeUnit(sums.subarray((doc - from) * dimensions, (doc - from + 1) * dimensions), vectors, doc);
}

/** The direction alone, in whole numbers. */
function writeUnit(sum: Float32Array, vectors: Int8Array, doc: number): void {
  const length = Math.hypot(...sum);
  for (let k = 0; length > 0 && k < dimensions; k++)
    vectors[doc * dimensions + k] = Math.round((unit * (sum[k] as number)) / length);
}

function countOf(segments: readonly Segment[]): number {
  return segments.reduce((total, segment) => total + segment.liveCount, 0);
}

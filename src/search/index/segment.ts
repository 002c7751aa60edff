/** An immutable part of the index with its own document numbers; papers that change or go are struck out and live on in a newer part. */

import type { Columns } from './doc-values.ts';
import { DocSet } from './doc-set.ts';
import { codedLength } from './norm.ts';
import { countDocuments, type DocumentCounts, uncount } from '#search/rank/facet-counts.ts';
import { listLength, type Postings } from './postings.ts';
import { Scratch } from './buffer-pool.ts';
import { factsOf, type SegmentFacts } from './segment-statistics.ts';
import { TermBlocks } from './postings-iterator.ts';

export type Topic = { readonly slug: string; readonly label: string };

export type SegmentParts = {
  readonly postings: Postings;
  readonly columns: Columns;
  /** By topic number. */
  readonly topics: readonly Topic[];
};

export class Segment {
  readonly postings: Postings;
  readonly columns: Columns;
  readonly topics: readonly Topic[];
  readonly size: number;
  /** The documents that still stand for their paper. */
  readonly live: DocSet;
  liveCount: number;
  /** Tokens of all living documents together. */
  lengthSum = 0;
  readonly #dead: DocSet;
  readonly #deadIn = new Map<number, number>();
  /** What searches of this segment work with. */
  readonly scratch: Scratch;
  /** By slug: documents that have it as a keyword and not as a topic, once they were looked for. */
  readonly saidTopics = new Map<string, Uint32Array>();
  #facts: SegmentFacts | null = null;
  #allCounts: DocumentCounts | null = null;

  constructor({ postings, columns, topics }: SegmentParts) {
    this.postings = postings;
    this.columns = columns;
    this.topics = topics;
    this.size = columns.keys.length;
    this.live = DocSet.all(this.size);
    this.liveCount = this.size;
    this.#dead = new DocSet(this.size);
    this.scratch = new Scratch(this.size);
    for (let doc = 0; doc < this.size; doc++) this.lengthSum += this.#tokens(doc);
  }

  /** Room for the scores of one search, all 0. */
  freshScores(): Uint32Array {
    return this.scratch.freshScores();
  }

  /** What is worked out once about the columns. */
  get facts(): SegmentFacts {
    this.#facts ??= factsOf(this.columns);
    return this.#facts;
  }

  /** The facet counts of all living documents. */
  get allCounts(): DocumentCounts {
    this.#allCounts ??= countDocuments(this, this.live);
    return this.#allCounts;
  }

  key(doc: number): number {
    return this.columns.keys[doc] as number;
  }

  /** The document of a paper that is alive here, or -1. */
  docOf(key: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.key(this.columns.byKey[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    const doc = low < this.size ? (this.columns.byKey[low] as number) : -1;
    return doc >= 0 && this.key(doc) === key && this.live.has(doc) ? doc : -1;
  }

  /** Strikes a paper out; whether it was here. */
  kill(key: number): boolean {
    const doc = this.docOf(key);
    if (doc < 0) return false;
    this.live.delete(doc);
    this.#dead.add(doc);
    this.#deadIn.clear();
    if (this.#allCounts) uncount(this.#allCounts, this.columns, doc);
    this.liveCount--;
    this.lengthSum -= this.#tokens(doc);
    return true;
  }

  deadKeys(): number[] {
    return Array.from(this.#dead.toArray(), (doc) => this.key(doc));
  }

  /** How many living documents have the key of this number (-1: none). */
  documentFrequency(term: number): number {
    if (term < 0) return 0;
    const all = listLength(this.postings, term);
    return this.liveCount === this.size ? all : all - this.#deadPostings(term);
  }

  #deadPostings(term: number): number {
    let dead = this.#deadIn.get(term);
    if (dead === undefined) {
      dead = 0;
      const blocks = new TermBlocks(this.postings, term);
      while (blocks.next(this.#dead)) for (let i = 0; i < blocks.count; i++) if (this.#dead.has(blocks.docs[i] as number)) dead++;
      this.#deadIn.set(term, dead);
    }
    return dead;
  }

  #tokens(doc: number): number {
    return codedLength[this.columns.length[doc] as number] as number;
  }
}

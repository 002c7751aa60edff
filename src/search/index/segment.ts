/** An immutable part of the index with its own document numbers; papers that change or go are struck out and live on in a newer part. */

import { countDocuments, type DocumentCounts, uncount } from '#search/rank/facet-counts.ts';
import { BufferPool } from './buffer-pool.ts';
import { DocSet } from './doc-set.ts';
import type { DocValues } from './doc-values.ts';
import { normToLength } from './norm.ts';
import { docFrequency, type Postings } from './postings.ts';
import { PostingsIterator } from './postings-iterator.ts';
import { type SegmentStatistics, statisticsOf } from './segment-statistics.ts';

export type Topic = { readonly slug: string; readonly label: string };

export type SegmentParts = {
  readonly postings: Postings;
  readonly docValues: DocValues;
  /** By topic number. */
  readonly topics: readonly Topic[];
};

export class Segment {
  readonly postings: Postings;
  readonly columns: DocValues;
  readonly topics: readonly Topic[];
  readonly size: number;
  /** The documents that still stand for their paper. */
  readonly liveDocs: DocSet;
  liveCount: number;
  /** Tokens of all living documents together. */
  lengthSum = 0;
  readonly #deletedDocs: DocSet;
  readonly #deletedDocsOfTerm = new Map<number, number>();
  /** What searches of this segment work with. */
  readonly buffers: BufferPool;
  /** By slug: documents that have it as a keyword and not as a topic, once they were looked for. */
  readonly keywordTaggedTopics = new Map<string, Uint32Array>();
  #facts: SegmentStatistics | null = null;
  #allCounts: DocumentCounts | null = null;

  constructor({ postings, docValues: columns, topics }: SegmentParts) {
    this.postings = postings;
    this.columns = columns;
    this.topics = topics;
    this.size = columns.keys.length;
    this.liveDocs = DocSet.all(this.size);
    this.liveCount = this.size;
    this.#deletedDocs = new DocSet(this.size);
    this.buffers = new BufferPool(this.size);
    for (let doc = 0; doc < this.size; doc++) this.lengthSum += this.#tokens(doc);
  }

  /** Room for the scores of one search, all 0. */
  freshScores(): Uint32Array {
    return this.buffers.freshScores();
  }

  /** What is worked out once about the columns. */
  get statistics(): SegmentStatistics {
    this.#facts ??= statisticsOf(this.columns);
    return this.#facts;
  }

  /** The facet counts of all living documents. */
  get allCounts(): DocumentCounts {
    this.#allCounts ??= countDocuments(this, this.liveDocs);
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
    return doc >= 0 && this.key(doc) === key && this.liveDocs.has(doc) ? doc : -1;
  }

  /** Strikes a paper out; whether it was here. */
  deleteDoc(key: number): boolean {
    const doc = this.docOf(key);
    if (doc < 0) return false;
    this.liveDocs.delete(doc);
    this.#deletedDocs.add(doc);
    this.#deletedDocsOfTerm.clear();
    if (this.#allCounts) uncount(this.#allCounts, this.columns, doc);
    this.liveCount--;
    this.lengthSum -= this.#tokens(doc);
    return true;
  }

  deletedKeys(): number[] {
    return Array.from(this.#deletedDocs.toArray(), (doc) => this.key(doc));
  }

  /** How many living documents have the key of this number (-1: none). */
  documentFrequency(term: number): number {
    if (term < 0) return 0;
    const all = docFrequency(this.postings, term);
    return this.liveCount === this.size ? all : all - this.#deletedPostings(term);
  }

  #deletedPostings(term: number): number {
    let dead = this.#deletedDocsOfTerm.get(term);
    if (dead === undefined) {
      dead = 0;
      const blocks = new PostingsIterator(this.postings, term);
      while (blocks.next(this.#deletedDocs))
        for (let i = 0; i < blocks.count; i++) if (this.#deletedDocs.has(blocks.docs[i] as number)) dead++;
      this.#deletedDocsOfTerm.set(term, dead);
    }
    return dead;
  }

  #tokens(doc: number): number {
    return normToLength[this.columns.length[doc] as number] as number;
  }
}

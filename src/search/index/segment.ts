/** A segment: an immutable part of the index with its own document numbers. Only its live docs change. */
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
  /** Indexed by the numbers in `DocValues.topicIds`. */
  readonly topics: readonly Topic[];
};

export class Segment {
  readonly postings: Postings;
  readonly docValues: DocValues;
  readonly topics: readonly Topic[];
  readonly size: number;
  /** Documents that are not deleted. A changed paper is deleted here and live in a newer segment. */
  readonly liveDocs: DocSet;
  liveCount: number;
  /** Sum of the live documents' lengths in tokens. */
  lengthSum = 0;
  readonly #deletedDocs: DocSet;
  /** Cache by term ordinal: the number of deleted documents with the term. */
  readonly #deletedDocsOfTerm = new Map<number, number>();
  /** Buffers for one search at a time. */
  readonly buffers: BufferPool;
  /** Cache by slug: documents that have it as a keyword and not as a topic. */
  readonly keywordTaggedTopics = new Map<string, Uint32Array>();
  #statistics: SegmentStatistics | null = null;
  #allCounts: DocumentCounts | null = null;

  constructor({ postings, docValues, topics }: SegmentParts) {
    this.postings = postings;
    this.docValues = docValues;
    this.topics = topics;
    this.size = docValues.keys.length;
    this.liveDocs = DocSet.all(this.size);
    this.liveCount = this.size;
    this.#deletedDocs = new DocSet(this.size);
    this.buffers = new BufferPool(this.size);
    for (let doc = 0; doc < this.size; doc++) this.lengthSum += this.#tokens(doc);
  }

  /** Returns the score array for one search, all 0. */
  freshScores(): Uint32Array {
    return this.buffers.freshScores();
  }

  get statistics(): SegmentStatistics {
    this.#statistics ??= statisticsOf(this.docValues);
    return this.#statistics;
  }

  /** Facet counts of all live documents. */
  get allCounts(): DocumentCounts {
    this.#allCounts ??= countDocuments(this, this.liveDocs);
    return this.#allCounts;
  }

  /** Returns the key of the document's paper. */
  key(doc: number): number {
    return this.docValues.keys[doc] as number;
  }

  /** Returns the live document of a paper, or -1. */
  docOf(key: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.key(this.docValues.byKey[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    const doc = low < this.size ? (this.docValues.byKey[low] as number) : -1;
    return doc >= 0 && this.key(doc) === key && this.liveDocs.has(doc) ? doc : -1;
  }

  /** Deletes a paper's document. Returns whether there was one. */
  deleteDoc(key: number): boolean {
    const doc = this.docOf(key);
    if (doc < 0) return false;
    this.liveDocs.delete(doc);
    this.#deletedDocs.add(doc);
    this.#deletedDocsOfTerm.clear();
    if (this.#allCounts) uncount(this.#allCounts, this.docValues, doc);
    this.liveCount--;
    this.lengthSum -= this.#tokens(doc);
    return true;
  }

  /** Returns the keys of the papers deleted here. */
  deletedKeys(): number[] {
    return Array.from(this.#deletedDocs.toArray(), (doc) => this.key(doc));
  }

  /** Returns the number of live documents with the term, and 0 for ordinal -1. */
  documentFrequency(termOrdinal: number): number {
    if (termOrdinal < 0) return 0;
    const all = docFrequency(this.postings, termOrdinal);
    return this.liveCount === this.size ? all : all - this.#deletedPostings(termOrdinal);
  }

  #deletedPostings(termOrdinal: number): number {
    let count = this.#deletedDocsOfTerm.get(termOrdinal);
    if (count === undefined) {
      count = 0;
      const iterator = new PostingsIterator(this.postings, termOrdinal);
      while (iterator.nextBlock(this.#deletedDocs))
        for (let i = 0; i < iterator.count; i++) if (this.#deletedDocs.has(iterator.docs[i] as number)) count++;
      this.#deletedDocsOfTerm.set(termOrdinal, count);
    }
    return count;
  }

  #tokens(doc: number): number {
    return normToLength[this.docValues.length[doc] as number] as number;
  }
}

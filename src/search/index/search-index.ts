/** The search index: a list of segments in which each paper is live once. Updates add segments, merges reduce them. */
import type { PaperKey, SearchDocument, SearchDocuments, SearchRequest, SearchResult } from '#core/ports/papers.ts';
import type { Verify } from '#search/match/filter-text.ts';
import { createVerify } from '#search/match/verify-text.ts';
import { mergeSegments } from '#search/merge/merge-segments.ts';
import { runSearch } from '#search/rank/run-search.ts';
import { SegmentWriter } from '#search/write/segment-writer.ts';
import type { Segment } from './segment.ts';

/** A segment merges with its successors if it is at most this many times as large as they are together. */
const mergeRatio = 3;

/** A segment with a greater share of deleted documents is rewritten. */
const deletedShareMax = 0.2;

export type IndexState = { readonly segments: readonly Segment[]; readonly revision: number };

export type IndexChange = { readonly removed: readonly PaperKey[]; readonly revision: number };

export class SearchIndex {
  readonly #verify: Verify;
  #segments: readonly Segment[];
  #revision: number;
  /** Keys deleted since the running merge started. They must be deleted from its result too. */
  #keysDeletedSinceMerge: PaperKey[] = [];

  constructor(documents: Pick<SearchDocuments, 'textsOf'>, state: IndexState = { segments: [], revision: 0 }) {
    this.#verify = createVerify(documents);
    this.#segments = state.segments;
    this.#revision = state.revision;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Live documents. */
  get count(): number {
    return this.#segments.reduce((total, segment) => total + segment.liveCount, 0);
  }

  search(request: SearchRequest): SearchResult {
    return { revision: this.#revision, ...runSearch(this.#segments, request, this.#verify), indexing: null };
  }

  /** Adds or replaces papers and deletes the removed ones. `revision`: the store's, after these changes. */
  update(documents: Iterable<SearchDocument>, change: IndexChange): void {
    const writer = new SegmentWriter();
    for (const document of documents) writer.add(document);
    this.add(writer.size > 0 ? writer.finish() : null, change);
  }

  /** Like `update`, for papers that are in a segment already. */
  add(segment: Segment | null, { removed, revision }: IndexChange): void {
    for (const key of [...removed, ...(segment?.docValues.keys ?? [])]) this.#deleteDoc(key);
    // Segments without live documents stay until the next merge, because a running merge may read them.
    if (segment) this.#segments = [...this.#segments, segment];
    this.#revision = revision;
  }

  /** Merges small segments with their neighbors, in steps. Searches and updates may run between the steps. */
  *mergeSmallSegments(): Generator<void, void> {
    for (let group = this.#nextToMerge(); group; group = this.#nextToMerge()) {
      const [first, ...others] = group;
      this.#keysDeletedSinceMerge = [];
      const merged = yield* mergeSegments(group);
      for (const key of this.#keysDeletedSinceMerge) merged.deleteDoc(key);
      this.#segments = this.#segments
        .flatMap((segment) => (segment === first ? [merged] : others.includes(segment) ? [] : [segment]))
        .filter((segment) => segment.liveCount > 0);
    }
  }

  #deleteDoc(key: PaperKey): void {
    this.#keysDeletedSinceMerge.push(key);
    for (const segment of this.#segments) if (segment.deleteDoc(key)) return;
  }

  /**
   * Returns the last run of segments in which each is at most `mergeRatio` times as large as its successors together.
   * So there are few segments, and each paper is merged O(log n) times. Without such a run, returns one segment with
   * many deleted documents.
   */
  #nextToMerge(): readonly Segment[] | null {
    const segments = this.#segments;
    for (let last = segments.length - 1; last > 0; last--) {
      let first = last;
      let sizeAfter = (segments[last] as Segment).liveCount;
      for (; first > 0 && (segments[first - 1] as Segment).liveCount <= mergeRatio * sizeAfter; first--) {
        sizeAfter += (segments[first - 1] as Segment).liveCount;
      }
      if (first < last) return segments.slice(first, last + 1);
    }
    const segment = segments.find(hasManyDeletedDocs);
    return segment ? [segment] : null;
  }
}

function hasManyDeletedDocs(segment: Segment): boolean {
  return segment.size - segment.liveCount > deletedShareMax * segment.size;
}

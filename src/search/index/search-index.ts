/** The search index: segments that together hold every paper once, kept up to date by small additions and folded now and then. */
import type { PaperKey, SearchDocument, SearchDocuments, SearchRequest, SearchResult } from '#core/ports/papers.ts';
import type { Verify } from '#search/match/filter-text.ts';
import { createVerify } from '#search/match/verify-text.ts';
import { mergeSegments } from '#search/merge/merge-segments.ts';
import { runSearch } from '#search/rank/run-search.ts';
import { SegmentWriter } from '#search/write/segment-writer.ts';
import type { Segment } from './segment.ts';

/** A segment is folded into the one before it when that is not much larger: so there are few, and each paper is folded few times. */
const foldRatio = 3;

/** A segment more of which is struck out is written anew. */
const deadShareMax = 0.2;

export type IndexState = { readonly segments: readonly Segment[]; readonly revision: number };

export type IndexChange = { readonly removed: readonly PaperKey[]; readonly revision: number };

export class SearchIndex {
  readonly #verify: Verify;
  #segments: readonly Segment[];
  #revision: number;
  /** Papers struck out since the running fold began: its result must lose them too. */
  #deletedKeys: PaperKey[] = [];

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

  get count(): number {
    return this.#segments.reduce((total, segment) => total + segment.liveCount, 0);
  }

  search(request: SearchRequest): SearchResult {
    return { revision: this.#revision, ...runSearch(this.#segments, request, this.#verify), indexing: null };
  }

  /** Takes the papers as they are now and forgets the removed ones; `revision` is that of both. */
  update(documents: Iterable<SearchDocument>, change: IndexChange): void {
    const builder = new SegmentWriter();
    for (const document of documents) builder.add(document);
    this.add(builder.size > 0 ? builder.finish() : null, change);
  }

  /** As `update`, with papers that were made a segment before. */
  add(segment: Segment | null, { removed, revision }: IndexChange): void {
    for (const key of [...removed, ...(segment?.columns.keys ?? [])]) this.#deleteDoc(key);
    // Segments without any living paper stay until the next fold: a running one may be reading them.
    if (segment) this.#segments = [...this.#segments, segment];
    this.#revision = revision;
  }

  /** Folds small segments into their neighbours, in steps; searches and updates may come between them. */
  *mergeSmallSegments(): Generator<void, void> {
    for (let group = this.#nextToMerge(); group; group = this.#nextToMerge()) {
      const [first, ...others] = group;
      this.#deletedKeys = [];
      const merged = yield* mergeSegments(group);
      for (const key of this.#deletedKeys) merged.deleteDoc(key);
      this.#segments = this.#segments
        .flatMap((segment) => (segment === first ? [merged] : others.includes(segment) ? [] : [segment]))
        .filter((segment) => segment.liveCount > 0);
    }
  }

  #deleteDoc(key: PaperKey): void {
    this.#deletedKeys.push(key);
    for (const segment of this.#segments) if (segment.deleteDoc(key)) return;
  }

  /** The last group of neighbours, each of which is not much larger than those of it that stand behind; or one segment, which loses what is struck out. */
  #nextToMerge(): readonly Segment[] | null {
    const segments = this.#segments;
    for (let last = segments.length - 1; last > 0; last--) {
      let first = last;
      let behind = (segments[last] as Segment).liveCount;
      for (; first > 0 && (segments[first - 1] as Segment).liveCount <= foldRatio * behind; first--) {
        behind += (segments[first - 1] as Segment).liveCount;
      }
      if (first < last) return segments.slice(first, last + 1);
    }
    const worn = segments.find(isWorn);
    return worn ? [worn] : null;
  }
}

function isWorn(segment: Segment): boolean {
  return segment.size - segment.liveCount > deadShareMax * segment.size;
}

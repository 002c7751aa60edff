/** Loads, updates, merges and saves the index of a store. Works in steps, so that searches can run in between. */
import type { IndexProgress, SearchDocuments } from '#core/ports/papers.ts';
import { type IndexFiles, loadIndex, saveIndex } from '#search/index/saved-index.ts';
import { type IndexChange, SearchIndex } from '#search/index/search-index.ts';
import { pause, runWithPauses } from '#search/index/steps.ts';
import { SegmentWriter } from '#search/write/segment-writer.ts';
import { clockMs } from './worker-messages.ts';

/** Papers per new segment. In a first build the size doubles from small, so that the first papers are found soon. */
const segmentPapers = { first: { from: 500, to: 8_000 }, later: { from: 500, to: 500 } } as const;
/** Papers analyzed between two pauses for messages: a few milliseconds of work. */
const papersPerStep = 16;
/** With more segments, merge before all papers are added. One merge of many segments costs less than several merges. */
const segmentsMax = { first: 48, later: 12 } as const;
const saveIntervalMs = 5000;
/** Limit of the exponential backoff after failed saves. */
const saveDelayMaxMs = 10 * 60_000;

export class IndexFollower {
  readonly #documents: SearchDocuments;
  readonly #files: IndexFiles;
  #index: SearchIndex;
  #catchingUp: Promise<void> | null = null;
  #merging: Promise<void> | null = null;
  /** Number of papers in the unfinished segment. */
  #pendingPapers = 0;
  #isComplete = false;
  readonly #firstPapers = Promise.withResolvers<void>();
  readonly #onNotice: (notice: string) => void;
  #saved = { revision: -1, segments: 0 };
  #saving = { notBeforeMs: 0, delayMs: saveIntervalMs, hasFailed: false };
  /** State of the saved index for the status page: how it was loaded, or why it was not saved. */
  note = 'not loaded yet';

  /** Calls `onNotice` when saving the index starts to fail and when it works again. */
  constructor(documents: SearchDocuments, files: IndexFiles, onNotice: (notice: string) => void = () => {}) {
    this.#documents = documents;
    this.#files = files;
    this.#onNotice = onNotice;
    this.#index = new SearchIndex(documents);
  }

  get index(): SearchIndex {
    return this.#index;
  }

  /** `done`: papers in the index and in the unfinished segment. `total`: papers in the store. */
  get progress(): IndexProgress {
    const total = this.#documents.count();
    return { done: Math.min(total, this.#index.count + this.#pendingPapers), total };
  }

  get isBehind(): boolean {
    return this.#documents.revision() !== this.#index.revision;
  }

  /** False during the first build, before the index has covered a whole revision of the store. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Resolves when the saved index is loaded or the first papers of a new index are added. */
  get firstPapers(): Promise<void> {
    return this.#firstPapers.promise;
  }

  async load(): Promise<void> {
    const start = clockMs();
    const loaded = await loadIndex(this.#files, this.#documents.storeId);
    if ('reason' in loaded) this.note = `built anew: ${loaded.reason}`;
    // A store restored from a backup reuses revision numbers for other papers.
    else if (loaded.revision > this.#documents.revision())
      this.note = 'built anew: the store is older than the saved index';
    else {
      this.#index = new SearchIndex(this.#documents, loaded);
      this.#saved = { revision: loaded.revision, segments: loaded.segments.length };
      this.#saving = { ...this.#saving, notBeforeMs: start + saveIntervalMs };
      this.note = `loaded in ${Math.round(clockMs() - start)} ms`;
      this.#isComplete = true;
      this.#firstPapers.resolve();
    }
  }

  /** Adds all changes of the store up to now. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#addChanges().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  merge(): Promise<void> {
    this.#merging ??= this.#mergeInSteps().finally(() => {
      this.#merging = null;
    });
    return this.#merging;
  }

  /** Saves a changed index, at most once per save interval. */
  async save(): Promise<void> {
    const { revision, segments } = this.#index;
    if (revision === 0 || clockMs() < this.#saving.notBeforeMs) return;
    if (revision === this.#saved.revision && segments.length === this.#saved.segments) return;
    try {
      const count = segments.length;
      await saveIndex(this.#files, { segments, revision, storeId: this.#documents.storeId });
      this.#saved = { revision, segments: count };
      this.#recordSave(null);
    } catch (error) {
      // Search works from memory, so a full disk must not stop it.
      this.#recordSave(error instanceof Error ? error.message : String(error));
    }
  }

  /** `error`: null if the index was saved. */
  #recordSave(error: string | null): void {
    const { delayMs, hasFailed } = this.#saving;
    const nextMs = error === null ? saveIntervalMs : Math.min(saveDelayMaxMs, delayMs * 2);
    this.#saving = { notBeforeMs: clockMs() + nextMs, delayMs: nextMs, hasFailed: error !== null };
    if (hasFailed === (error !== null)) return;
    this.note = error === null ? 'saved again' : `not saved: ${error}`;
    this.#onNotice(
      error === null
        ? 'The search index is saved again.'
        : `The search index cannot be saved, and would be built anew at the next start; it is tried again: ${error}`,
    );
  }

  async #addChanges(): Promise<void> {
    const revision = this.#documents.revision();
    if (revision < this.#index.revision) {
      this.#index = new SearchIndex(this.#documents);
      this.#isComplete = false;
    }
    const index = this.#index;
    const since = index.revision;
    const phase = index.count === 0 ? 'first' : 'later';
    let writer = new SegmentWriter();
    let size: number = segmentPapers[phase].from;
    let steps = 0;
    for (const document of this.#documents.changedSince(since)) {
      writer.add(document);
      this.#pendingPapers = writer.size;
      if (writer.size >= size) {
        await this.#add(writer, { removed: [], revision: since });
        writer = new SegmentWriter();
        size = Math.min(2 * size, segmentPapers[phase].to);
        if (index.segments.length > segmentsMax[phase]) await this.merge();
      }
      if (++steps % papersPerStep === 0) await pause();
    }
    await this.#add(writer, { removed: this.#documents.removedSince(since), revision });
    this.#isComplete = true;
  }

  async #add(writer: SegmentWriter, change: IndexChange): Promise<void> {
    this.#index.add(writer.size > 0 ? await runWithPauses(writer.finishInSteps()) : null, change);
    this.#pendingPapers = 0;
    this.#firstPapers.resolve();
  }

  async #mergeInSteps(): Promise<void> {
    await runWithPauses(this.#index.mergeSmallSegments());
  }
}

/** Keeps an index in step with its store: loads it, brings it up to date, folds and saves it, all in steps between searches. */
import type { IndexProgress, SearchDocuments } from '#core/ports/papers.ts';
import { type IndexFiles, loadIndex, saveIndex } from '#search/index/saved-index.ts';
import { type IndexChange, SearchIndex } from '#search/index/search-index.ts';
import { pause, withPauses } from '#search/index/steps.ts';
import { SegmentWriter } from '#search/write/segment-writer.ts';
import { clockMs } from './worker-messages.ts';

/** Papers in one new segment. Those of a first build begin small, so that some papers are found soon, and double. */
const segmentPapers = { first: { from: 500, to: 8_000 }, later: { from: 500, to: 500 } } as const;
/** Papers analysed between two looks at the messages: some milliseconds of work. */
const papersPerStep = 16;
/** So many segments are folded even while papers keep coming: many are put together at once for less than in several rounds. */
const segmentsMax = { first: 48, later: 12 } as const;
const saveEveryMs = 5000;
/** A disk that takes nothing is tried again after twice the time, and so on up to this. */
const savePauseMaxMs = 10 * 60_000;

export class IndexFollower {
  readonly #documents: SearchDocuments;
  readonly #files: IndexFiles;
  #index: SearchIndex;
  #catchingUp: Promise<void> | null = null;
  #folding: Promise<void> | null = null;
  /** Papers of the segment that is being built. */
  #building = 0;
  #isWhole = false;
  readonly #some = Promise.withResolvers<void>();
  readonly #onNotice: (notice: string) => void;
  #saved = { revision: -1, segments: 0 };
  #saving = { notBeforeMs: 0, pauseMs: saveEveryMs, hasFailed: false };
  /** What became of the saved index, and how long the last build took. */
  note = 'not loaded yet';

  /** `onNotice` is told when the index can no longer be saved, and when it can again. */
  constructor(documents: SearchDocuments, files: IndexFiles, onNotice: (notice: string) => void = () => {}) {
    this.#documents = documents;
    this.#files = files;
    this.#onNotice = onNotice;
    this.#index = new SearchIndex(documents);
  }

  get index(): SearchIndex {
    return this.#index;
  }

  /** Papers in the index and in the segment that is being built, of those in the store. */
  get progress(): IndexProgress {
    const total = this.#documents.count();
    return { done: Math.min(total, this.#index.count + this.#building), total };
  }

  get isBehind(): boolean {
    return this.#documents.revision() !== this.#index.revision;
  }

  /** False while the index is first built: it has been in step with no revision of the store. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Resolves when there is a saved index, or the first papers of a new one. */
  get some(): Promise<void> {
    return this.#some.promise;
  }

  async load(): Promise<void> {
    const start = clockMs();
    const loaded = await loadIndex(this.#files, this.#documents.storeId);
    if ('reason' in loaded) this.note = `built anew: ${loaded.reason}`;
    // A store that was put back to an older state has other papers under the same revisions.
    else if (loaded.revision > this.#documents.revision())
      this.note = 'built anew: the store is older than the saved index';
    else {
      this.#index = new SearchIndex(this.#documents, loaded);
      this.#saved = { revision: loaded.revision, segments: loaded.segments.length };
      this.#saving = { ...this.#saving, notBeforeMs: start + saveEveryMs };
      this.note = `loaded in ${Math.round(clockMs() - start)} ms`;
      this.#isWhole = true;
      this.#some.resolve();
    }
  }

  /** Takes in every change of the store up to now. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#takeChanges().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  fold(): Promise<void> {
    this.#folding ??= this.#foldSteps().finally(() => {
      this.#folding = null;
    });
    return this.#folding;
  }

  /** Saves when something changed and the last time is a while ago. */
  async save(): Promise<void> {
    const { revision, segments } = this.#index;
    if (revision === 0 || clockMs() < this.#saving.notBeforeMs) return;
    if (revision === this.#saved.revision && segments.length === this.#saved.segments) return;
    try {
      const count = segments.length;
      await saveIndex(this.#files, { segments, revision, storeId: this.#documents.storeId });
      this.#saved = { revision, segments: count };
      this.#noteSaving(null);
    } catch (error) {
      // A full disk must not end the search: the index lives in memory.
      this.#noteSaving(error instanceof Error ? error.message : String(error));
    }
  }

  /** `problem`: why it could not be saved now; null when it was. */
  #noteSaving(problem: string | null): void {
    const { pauseMs, hasFailed } = this.#saving;
    const nextMs = problem === null ? saveEveryMs : Math.min(savePauseMaxMs, pauseMs * 2);
    this.#saving = { notBeforeMs: clockMs() + nextMs, pauseMs: nextMs, hasFailed: problem !== null };
    if (hasFailed === (problem !== null)) return;
    this.note = problem === null ? 'saved again' : `not saved: ${problem}`;
    this.#onNotice(
      problem === null
        ? 'The search index is saved again.'
        : `The search index cannot be saved, and would be built anew at the next start; it is tried again: ${problem}`,
    );
  }

  async #takeChanges(): Promise<void> {
    const revision = this.#documents.revision();
    if (revision < this.#index.revision) {
      this.#index = new SearchIndex(this.#documents);
      this.#isWhole = false;
    }
    const index = this.#index;
    const since = index.revision;
    const which = index.count === 0 ? 'first' : 'later';
    let builder = new SegmentWriter();
    let size: number = segmentPapers[which].from;
    let steps = 0;
    for (const document of this.#documents.changedSince(since)) {
      builder.add(document);
      this.#building = builder.size;
      if (builder.size >= size) {
        await this.#add(builder, { removed: [], revision: since });
        builder = new SegmentWriter();
        size = Math.min(2 * size, segmentPapers[which].to);
        if (index.segments.length > segmentsMax[which]) await this.fold();
      }
      if (++steps % papersPerStep === 0) await pause();
    }
    await this.#add(builder, { removed: this.#documents.removedSince(since), revision });
    this.#isWhole = true;
  }

  async #add(builder: SegmentWriter, change: IndexChange): Promise<void> {
    this.#index.add(builder.size > 0 ? await withPauses(builder.finishInSteps()) : null, change);
    this.#building = 0;
    this.#some.resolve();
  }

  async #foldSteps(): Promise<void> {
    await withPauses(this.#index.mergeSmallSegments());
  }
}

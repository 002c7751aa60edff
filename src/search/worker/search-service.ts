/** Runs in the search worker: keeps the index up to date and answers calls. */
import type { Correction, IndexProgress, SearchDocuments, SearchResult } from '#core/ports/papers.ts';
import { foldText, stemWord } from '#core/text/terms.ts';
import type { IndexFiles } from '#search/index/saved-index.ts';
import { byteLength } from '#search/index/segment-bytes.ts';
import { runWithPauses } from '#search/index/steps.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { PaperVectors } from '#search/similar/paper-vectors.ts';
import { findRelated } from '#search/similar/related-papers.ts';
import { complete } from '#search/suggest/completion.ts';
import { Spelling } from '#search/suggest/spelling.ts';
import { IndexFollower } from './index-follower.ts';
import {
  type CallMessage,
  clockMs,
  type SearchCalls,
  type SearchStatus,
  type WorkerMessage,
} from './worker-messages.ts';

export type ServiceOptions = {
  readonly documents: SearchDocuments;
  readonly files: IndexFiles;
  readonly post: (message: WorkerMessage) => void;
  /** How long a search waits for the first papers while the index is first built. */
  readonly firstPapersTimeoutMs?: number;
};

const pollMs = 250;
/** Interval between status messages while `start` runs. */
const progressMs = 250;
/** How long a search waits for the saved index to be loaded. */
const loadTimeoutMs = 1500;
const firstPapersTimeoutMs = 250;
/** How long a search waits for an outdated index to catch up with the store. */
const catchUpTimeoutMs = 800;
const correctionsMax = 3;
/** Growth factor of the store after which the words for corrections are read again. */
const spellingGrowthFactor = 1.2;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const waitAtMost = (ms: number, promise: Promise<void>) => Promise.race([promise, sleep(ms)]);

export class SearchService {
  readonly #options: ServiceOptions;
  readonly #follower: IndexFollower;
  #spelling: { readonly words: Spelling; readonly papers: number } | null = null;
  readonly #vectors = new PaperVectors();
  readonly #loaded = Promise.withResolvers<void>();
  #isLoaded = false;
  #ready = false;
  #suggesterRevision: number | null = null;
  #closed = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#follower = new IndexFollower(options.documents, options.files, (notice) => options.post({ notice }));
  }

  /** Loads or builds the index. Afterwards each search brings it up to date. */
  async start(): Promise<void> {
    const statusTimer = setInterval(() => this.#postStatus(), progressMs);
    try {
      await this.#follower.load();
      this.#isLoaded = true;
      this.#loaded.resolve();
      this.#postStatus();
      await this.#follower.catchUp();
    } finally {
      clearInterval(statusTimer);
    }
    this.#ready = true;
    this.#postStatus();
  }

  /** Starts, then updates, merges and saves the index until `close` is called. */
  async run(): Promise<void> {
    await this.start();
    while (!this.#closed) {
      await this.#update();
      await sleep(pollMs);
    }
  }

  close(): void {
    this.#closed = true;
  }

  async answer(message: CallMessage): Promise<void> {
    const { id, untilMs } = message;
    // The client has given up, and a useless search would delay the others.
    if (clockMs() > untilMs) return this.#options.post({ id, error: 'asked too long ago' });
    try {
      this.#options.post({ id, value: await this.#valueOf(message) });
    } catch (error) {
      this.#options.post({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }

  async #valueOf(message: CallMessage): Promise<SearchCalls[keyof SearchCalls]['answer']> {
    const { segments } = this.#follower.index;
    switch (message.name) {
      case 'search':
        return this.#search(message.ask);
      case 'corrections':
        return this.#correct(message.ask);
      case 'complete':
        return complete(segments, message.ask);
      case 'related':
        return findRelated(segments, message.ask, { documents: this.#options.documents, vectors: this.#vectors });
      default:
        return message satisfies never;
    }
  }

  async #search(request: SearchCalls['search']['ask']): Promise<SearchResult> {
    await this.#waitForIndex();
    return { ...this.#follower.index.search(request), indexing: this.#indexing() };
  }

  /** Waits briefly for the saved index, the first papers of a new index or the latest changes of the store. */
  async #waitForIndex(): Promise<void> {
    if (!this.#isLoaded) await waitAtMost(loadTimeoutMs, this.#loaded.promise);
    if (!this.#isLoaded || !this.#follower.isBehind) return;
    if (this.#follower.isComplete) await waitAtMost(catchUpTimeoutMs, this.#follower.catchUp());
    else await waitAtMost(this.#options.firstPapersTimeoutMs ?? firstPapersTimeoutMs, this.#follower.firstPapers);
  }

  #indexing(): IndexProgress | null {
    if (this.#ready && this.#follower.isComplete) return null;
    const { done, total } = { done: this.#follower.index.count, total: this.#options.documents.count() };
    return done < total ? { done, total } : null;
  }

  #correct(words: readonly string[]): Correction[] {
    const spelling = this.#spelling?.words;
    if (!spelling) return [];
    return words
      .map((word) => ({ word, folded: foldText(word) }))
      .filter(({ folded }) => this.#papersWith(folded) === 0)
      .map(({ word, folded }) => ({ word, suggestions: spelling.near(folded, (near) => this.#papersWith(near)) }))
      .map(({ word, suggestions }) => ({ word, suggestions: onePerStem(suggestions).slice(0, correctionsMax) }))
      .filter(({ suggestions }) => suggestions.length > 0);
  }

  #papersWith(word: string): number {
    const term = fieldPrefixes.stem + stemWord(word);
    return this.#follower.index.segments.reduce(
      (total, segment) => total + segment.documentFrequency(segment.postings.terms.find(term)),
      0,
    );
  }

  async #update(): Promise<void> {
    const { index } = this.#follower;
    const previous = { revision: index.revision, segments: index.segments, suggesterRevision: this.#suggesterRevision };
    if (this.#follower.isBehind) await this.#follower.catchUp();
    await this.#follower.merge();
    if (!this.#spelling || index.count > spellingGrowthFactor * this.#spelling.papers) await this.#readWords();
    await this.#follower.save();
    if (this.#vectors.isBehind(index.segments)) await runWithPauses(this.#vectors.follow(index.segments));
    const { revision, segments } = this.#follower.index;
    if (!this.#vectors.isBehind(segments)) this.#suggesterRevision = revision;
    if (
      revision !== previous.revision ||
      segments !== previous.segments ||
      this.#suggesterRevision !== previous.suggesterRevision
    )
      this.#postStatus();
  }

  async #readWords(): Promise<void> {
    const { segments, count } = this.#follower.index;
    this.#spelling = { words: await runWithPauses(Spelling.build(segments)), papers: count };
  }

  #postStatus(): void {
    const { index, note, progress } = this.#follower;
    const bytes = index.segments.reduce((total, segment) => total + byteLength(segment), 0);
    const status: SearchStatus = {
      ready: this.#ready,
      revision: index.revision,
      suggesterRevision: this.#suggesterRevision,
      papers: index.count,
      progress,
      segments: index.segments.length,
      bytes,
      note,
    };
    this.#options.post({ status });
  }
}

/** Keeps one word per stem, since `decode` and `decoding` find the same papers. */
function onePerStem<T extends { readonly text: string }>(words: readonly T[]): readonly T[] {
  return [...Map.groupBy(words, ({ text }) => stemWord(text)).values()].flatMap(([first]) => first ?? []);
}

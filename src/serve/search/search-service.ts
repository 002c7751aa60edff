/** The work of the search worker: follows the store and answers calls. */
import type { Correction, SearchDocuments, SearchResult } from '#core/ports';
import { foldText, stemWord } from '#core/terms';
import { complete } from './completion.ts';
import { IndexFollower, pause } from './index-follower.ts';
import { PaperVectors } from './paper-vectors.ts';
import { findRelated } from './related-papers.ts';
import type { IndexFiles } from './saved-index.ts';
import { byteLength } from './segment-bytes.ts';
import { Spelling } from './spelling.ts';
import { keyKinds } from './vocabulary.ts';
import { type CallMessage, clockMs, type SearchCalls, type SearchStatus, type WorkerMessage } from './worker-messages.ts';

export type ServiceOptions = {
  readonly documents: SearchDocuments;
  readonly files: IndexFiles;
  readonly post: (message: WorkerMessage) => void;
};

const pollMs = 250;
/** How often the progress of the first build is told. */
const progressMs = 250;
/** A search of a store that moved on waits this long for the index to follow. */
const freshWithinMs = 800;
const correctionsMax = 3;
/** The vocabulary for corrections is read again when the store has grown by this much. */
const spellingGrowth = 1.2;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class SearchService {
  readonly #options: ServiceOptions;
  readonly #follower: IndexFollower;
  #spelling: { readonly words: Spelling; readonly papers: number } | null = null;
  readonly #vectors = new PaperVectors();
  #ready = false;
  #aidsRevision: number | null = null;
  #closed = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#follower = new IndexFollower(options.documents, options.files, (notice) => options.post({ notice }));
  }

  /** Runs until closed. */
  async run(): Promise<void> {
    const telling = setInterval(() => this.#postStatus(), progressMs);
    try {
      await this.#follower.load();
      this.#postStatus();
      await this.#follower.catchUp();
    } finally {
      clearInterval(telling);
    }
    this.#ready = true;
    this.#postStatus();
    while (!this.#closed) {
      await this.#round();
      await sleep(pollMs);
    }
  }

  close(): void {
    this.#closed = true;
  }

  async answer(message: CallMessage): Promise<void> {
    const { id, untilMs } = message;
    // Whoever asked has gone: the answer would only delay those who wait.
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
    if (this.#follower.isBehind) await Promise.race([this.#follower.catchUp(), sleep(freshWithinMs)]);
    return this.#follower.index.search(request);
  }

  #correct(words: readonly string[]): Correction[] {
    const spelling = this.#spelling?.words;
    if (!spelling) return [];
    return words
      .map((word) => ({ word, folded: foldText(word) }))
      .filter(({ folded }) => this.#papersWith(folded) === 0)
      .map(({ word, folded }) => ({ word, suggestions: spelling.near(folded, (near) => this.#papersWith(near)) }))
      .map(({ word, suggestions }) => ({ word, suggestions: oneOfEachStem(suggestions).slice(0, correctionsMax) }))
      .filter(({ suggestions }) => suggestions.length > 0);
  }

  #papersWith(word: string): number {
    const key = keyKinds.stem + stemWord(word);
    return this.#follower.index.segments.reduce(
      (total, segment) => total + segment.documentFrequency(segment.postings.vocabulary.find(key)),
      0,
    );
  }

  async #round(): Promise<void> {
    const { index } = this.#follower;
    const before = { revision: index.revision, segments: index.segments, aidsRevision: this.#aidsRevision };
    if (this.#follower.isBehind) await this.#follower.catchUp();
    await this.#follower.fold();
    if (!this.#spelling || index.count > spellingGrowth * this.#spelling.papers) await this.#readVocabulary();
    await this.#follower.save();
    if (this.#vectors.isBehind(index.segments)) for (const _ of this.#vectors.follow(index.segments)) await pause();
    const { revision, segments } = this.#follower.index;
    if (!this.#vectors.isBehind(segments)) this.#aidsRevision = revision;
    if (revision !== before.revision || segments !== before.segments || this.#aidsRevision !== before.aidsRevision) this.#postStatus();
  }

  async #readVocabulary(): Promise<void> {
    const { segments, count } = this.#follower.index;
    const reading = Spelling.build(segments);
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done) {
        this.#spelling = { words: step.value, papers: count };
        return;
      }
      await pause();
    }
  }

  #postStatus(): void {
    const { index, note, progress } = this.#follower;
    const bytes = index.segments.reduce((total, segment) => total + byteLength(segment), 0);
    const status: SearchStatus = {
      ready: this.#ready,
      revision: index.revision,
      aidsRevision: this.#aidsRevision,
      papers: index.count,
      progress,
      segments: index.segments.length,
      bytes,
      note,
    };
    this.#options.post({ status });
  }
}

/** `decode` and `decoding` find the same papers. */
function oneOfEachStem<T extends { readonly text: string }>(words: readonly T[]): readonly T[] {
  return [...Map.groupBy(words, ({ text }) => stemWord(text)).values()].flatMap(([first]) => first ?? []);
}

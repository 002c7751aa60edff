/** The write flow: source events → records → one paper once → store, in batches, with a report of every record. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FoundRecord, RecordWriter, Rejection, RunReport } from '#core/ports/ingest.ts';
import type { FetchEvent } from './fetch-source.ts';
import { type FoundEvent, toFoundEvent } from './find-records.ts';
import { Rejections, refuseMostlyRejected } from './rejections.ts';
import { saveBatch } from './save-batch.ts';
import type { SourceEvent } from './source.ts';
import { untilAborted } from './until-aborted.ts';

export type IngestProgress = {
  readonly report: RunReport;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
};

export type IngestPorts = {
  readonly writer: Pick<AsyncPort<RecordWriter>, 'saveRecords' | 'now'>;
  /** Called after each batch, and now and then where there is none. */
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Told of a checkpoint or a day asked for, once every record before it is stored. */
  readonly onStored?: (event: StoredEvent) => void | Promise<void>;
  /** Resolves when this process may write: waited for before each batch. */
  readonly ready?: () => Promise<void>;
  /** Ends the run within a second: what is read by then is stored as far as that takes, and what was saved stays. */
  readonly signal?: AbortSignal;
  /** A file's maker can mend it: one of which more than a tenth is rejected is given up (`MostlyRejected`). */
  readonly isFile?: boolean;
};

/** What a source says beside records that means something only when these are stored. */
export type StoredEvent = Exclude<FetchEvent, SourceEvent>;

/** More would be a little faster, and keep a signal, and a server that wants to write, waiting. */
const batchMax = 500;
/** Records may be long: a batch of the longest is no larger than one of many ordinary ones. */
const batchCharsMax = 2_000_000;
/** Days of a listing source are small: several share a transaction, but none waits for long to be safe and seen. */
const storedEventsMax = 20;
const storedAfterMs = 1_000;
/** Signals and timers are heard at least this often. */
const turnMs = 50;
/** An interrupted run stores what it has read for this long, in parts of so many records. */
const lastFlushMs = 300;
const lastPartMax = 50;

/** Throws what the source throws (`SourceRefused`, network failures) after saving what it had said before. */
export async function ingestPapers(
  events: AsyncIterable<FetchEvent | FoundEvent>,
  ports: IngestPorts,
): Promise<RunReport> {
  const run = new IngestRun(ports);
  let turnedMs = performance.now();
  let now = await ports.writer.now();
  try {
    for await (const event of untilAborted(events, ports.signal)) {
      const isFull = run.take(event.kind === 'record' ? toFoundEvent(event, now) : event);
      if (isFull) await run.flush();
      if (!isFull && performance.now() - turnedMs < turnMs) continue;
      now = await ports.writer.now();
      run.tell();
      await new Promise(setImmediate); // a process that ingests goes on answering
      turnedMs = performance.now();
    }
  } finally {
    if (ports.signal?.aborted) await run.flushWhatIsQuick();
    else await run.flush();
  }
  return run.report();
}

class IngestRun {
  readonly #ports: IngestPorts;
  readonly #counts = { added: 0, updated: 0, unchanged: 0 };
  readonly #rejections = new Rejections();
  readonly #progress = { done: 0, total: null as number | null, unit: 'papers' };
  /** Records of which nothing is stored: others lose a date only. */
  #refused = 0;
  #batch: FoundRecord[] = [];
  #batchChars = 0;
  #pending: StoredEvent[] = [];
  #flushedMs = performance.now();

  constructor(ports: IngestPorts) {
    this.#ports = ports;
  }

  /** Whether what was taken is to be stored now. */
  take(event: Exclude<FetchEvent | FoundEvent, { kind: 'record' }>): boolean {
    if (event.kind === 'rejected') this.#reject(event.rejection);
    else if (event.kind === 'progress')
      Object.assign(this.#progress, { done: event.done, total: event.total, unit: event.unit });
    else if (event.kind === 'found') this.#add(event);
    else this.#pending.push(event);
    const isLate = event.kind === 'checkpoint' && performance.now() - this.#flushedMs > storedAfterMs;
    return (
      isLate ||
      this.#batch.length >= batchMax ||
      this.#batchChars >= batchCharsMax ||
      this.#pending.length >= storedEventsMax
    );
  }

  async flush(): Promise<void> {
    if (this.#batch.length + this.#pending.length > 0) {
      await this.#ports.ready?.();
      await this.#save(this.#batch);
      for (const event of this.#pending) await this.#ports.onStored?.(event);
      this.#batch = [];
      this.#batchChars = 0;
      this.#pending = [];
      this.#flushedMs = performance.now();
    }
    this.tell();
  }

  /** As `flush`, but records that would take longer are left to the next run, and so are checkpoints behind them. */
  async flushWhatIsQuick(): Promise<void> {
    const endMs = performance.now() + lastFlushMs;
    for (
      ;
      this.#batch.length > lastPartMax && performance.now() < endMs;
      this.#batch = this.#batch.slice(lastPartMax)
    ) {
      await this.#ports.ready?.();
      await this.#save(this.#batch.slice(0, lastPartMax));
    }
    if (this.#batch.length <= lastPartMax) await this.flush();
    else this.tell();
  }

  report(): RunReport {
    const { added, updated, unchanged } = this.#counts;
    const { kept, count } = this.#rejections;
    return { read: added + updated + unchanged + count, ...this.#counts, rejected: kept, rejectedCount: count };
  }

  #reject(rejection: Rejection): void {
    this.#rejections.add(rejection);
    this.#refused += 1;
    const { added, updated, unchanged } = this.#counts;
    if (this.#ports.isFile)
      refuseMostlyRejected(this.#refused, added + updated + unchanged + this.#batch.length + this.#refused, rejection);
  }

  #add({ found, rejection }: Extract<FoundEvent, { kind: 'found' }>): void {
    if (rejection) this.#rejections.add(rejection);
    this.#batch.push(found);
    this.#batchChars += charsOf(found);
  }

  async #save(batch: readonly FoundRecord[]): Promise<void> {
    if (batch.length === 0) return;
    for (const outcome of await saveBatch(batch, this.#ports.writer)) this.#counts[outcome] += 1;
  }

  tell(): void {
    this.#ports.onProgress?.({ report: this.report(), ...this.#progress });
  }
}

const charsOf = ({ record }: FoundRecord): number =>
  record.title.length + record.abstract.length + record.authors.reduce((sum, name) => sum + name.length, 0);

/** The write flow from the network: asks a source, stores what it says, and notes where to go on and how the source is. */

import type { Day } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FetchState } from '#core/ports/fetching.ts';
import { FetchFailure, type HttpGet } from '#core/ports/http-client.ts';
import { emptyReport, type RecordWriter, type RunLog, type RunReport } from '#core/ports/ingest.ts';
import { whyNotListed } from './dates/possible-dates.ts';
import type { FetchContext, FetchEvent } from './fetch-source.ts';
import type { FoundEvent } from './find-records.ts';
import { type IngestProgress, ingestPapers, type StoredEvent } from './ingest-papers.ts';
import type { FetchTask } from './reader/reader-messages.ts';
import { findFetchSource } from './sources/index.ts';

export type FetchPorts = {
  readonly get: HttpGet;
  /** What the task's source says, read in a thread of its own where that is to be had. */
  fetch(task: FetchTask, context: FetchContext): AsyncIterable<FetchEvent | FoundEvent>;
  readonly writer: AsyncPort<RecordWriter>;
  readonly runs: AsyncPort<RunLog>;
  readonly state: AsyncPort<FetchState>;
  /** ISO 8601 in UTC. */
  now(): string;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
  /** Resolves when this process may write: waited for before each batch. */
  readonly ready?: () => Promise<void>;
};

export type FetchJob = {
  /** The source as readers know it and its health is kept: `hf`, `arxiv:cs.CL`. */
  readonly name: string;
  readonly endpoint: string;
  readonly task: FetchTask;
  /** Under which an interrupted run is continued: the same job asked for again. */
  readonly key: string;
  /** For the log of runs: `2025-12-10..2025-12-16`. */
  readonly subject: string;
};

const interrupted = 'It was interrupted.';

/** Reads the source in this thread. */
export const fetchHere: FetchPorts['fetch'] = ({ source, options }, context) =>
  findFetchSource(source).fetch(context, options);

/** Throws the `FetchFailure` after noting it; what was stored before stays, and the next run of the job goes on from there. */
export async function fetchPapers(job: FetchJob, ports: FetchPorts): Promise<RunReport> {
  const { writer, state, runs, now, signal, ready } = ports;
  const run = await runs.start(job.name, job.subject, now());
  await state.asked(job.name, now());
  let report = emptyReport;
  let latest: Day | null = null;
  const onStored = async (event: StoredEvent) => {
    if (event.kind === 'checkpoint') return state.checkpoint(job.key, event.cursor, event.seen);
    // A source's own day may be as wrong as a paper's, and the newest one says when it is asked again.
    if (whyNotListed(event.day, now()) !== null) return;
    await state.dayAsked(job.name, event, now());
    if (event.items !== 0 && (latest === null || event.day > latest)) latest = event.day;
  };
  const onProgress = (progress: IngestProgress) => {
    report = progress.report;
    ports.onProgress?.(progress);
  };
  const context = {
    get: ports.get,
    endpoint: job.endpoint,
    now,
    cursor: await state.cursorOf(job.key),
    validatorsOf: async (url: string) => state.validatorsOf(url),
    signal,
  };
  try {
    report = await ingestPapers(ports.fetch(job.task, context), {
      writer,
      onStored,
      onProgress,
      ...(ready && { ready }),
      ...(signal && { signal }),
    });
    await ready?.();
    if (!signal?.aborted) await state.answered(job.name, now(), latest);
    await runs.finish(run, report, now(), signal?.aborted ? interrupted : null);
    return report;
  } catch (error) {
    const sentence = signal?.aborted ? interrupted : error instanceof Error ? error.message : String(error);
    if (error instanceof FetchFailure && !signal?.aborted) await state.failed(job.name, sentence, error.retryAt);
    await runs.finish(run, report, now(), sentence);
    throw error;
  }
}

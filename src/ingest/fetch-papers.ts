/** Fetches papers from a network source and stores them. Also stores checkpoints and the source's health. */

import type { Day } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { FetchState } from '#core/ports/fetching.ts';
import { FetchFailure, type HttpGet } from '#core/ports/http-client.ts';
import { emptyReport, type RecordWriter, type RunLog, type RunReport } from '#core/ports/ingest.ts';
import { listingDayError } from './dates/possible-dates.ts';
import type { FetchContext, FetchEvent } from './fetch-source.ts';
import type { FoundEvent } from './find-records.ts';
import { type IngestProgress, ingestPapers, type StoredEvent } from './ingest-papers.ts';
import type { FetchTask } from './reader/reader-messages.ts';
import { findFetchSource } from './sources/index.ts';

export type FetchPorts = {
  readonly get: HttpGet;
  /** Runs the task's source, in a reader thread if the port has one. */
  fetch(task: FetchTask, context: FetchContext): AsyncIterable<FetchEvent | FoundEvent>;
  readonly writer: AsyncPort<RecordWriter>;
  readonly runs: AsyncPort<RunLog>;
  readonly state: AsyncPort<FetchState>;
  /** ISO 8601 in UTC. */
  now(): string;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
  /** Resolves when this process may write. Awaited before each batch. */
  readonly ready?: () => Promise<void>;
};

export type FetchJob = {
  /** Name of the source on the status page and in its health record: `hf`, `arxiv:cs.CL`. */
  readonly name: string;
  readonly endpoint: string;
  readonly task: FetchTask;
  /** Key of the stored cursor. A later job with the same key resumes an interrupted run. */
  readonly key: string;
  /** Subject of the run in the log: `2025-12-10..2025-12-16`. */
  readonly subject: string;
};

const interruptedMessage = 'It was interrupted.';

/** Runs the source in the current thread. */
export const fetchHere: FetchPorts['fetch'] = ({ source, options }, context) =>
  findFetchSource(source).fetch(context, options);

/**
 * Returns the report of the run. On failure, stores the error and rejects with it.
 * Stored papers stay, and the next run of the job resumes at the last checkpoint.
 */
export async function fetchPapers(job: FetchJob, ports: FetchPorts): Promise<RunReport> {
  const { writer, state, runs, now, signal, ready } = ports;
  const run = await runs.start(job.name, job.subject, now());
  await state.asked(job.name, now());
  let report = emptyReport;
  let latest: Day | null = null;
  const onStored = async (event: StoredEvent) => {
    if (event.kind === 'checkpoint') return state.checkpoint(job.key, event.cursor, event.seen);
    // A source can send an impossible day. The latest day decides when the next fetch runs, so ignore such days.
    if (listingDayError(event.day, now()) !== null) return;
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
    await runs.finish(run, report, now(), signal?.aborted ? interruptedMessage : null);
    return report;
  } catch (error) {
    const message = signal?.aborted ? interruptedMessage : error instanceof Error ? error.message : String(error);
    if (error instanceof FetchFailure && !signal?.aborted) await state.failed(job.name, message, error.retryAt);
    await runs.finish(run, report, now(), message);
    throw error;
  }
}

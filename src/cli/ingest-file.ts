/** Reads one file, or standard input, with a source and ingests it as one logged run. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { AsyncPort } from '#core/async-port';
import type { RecordWriter, RunLog, RunReport } from '#core/ingest-ports';
import { type IngestProgress, ingestPapers } from '#ingest/ingest-papers';
import { findFileSource } from '#ingest/sources/index';
import { isoNow } from '#platform/clock';
import { readInThread } from './read-in-thread.ts';

/** From this size on a thread of its own is worth its start, a third of a second. */
const threadFromBytes = 2_000_000;

export type FileRun = {
  /** A name of the source registry. */
  readonly source: string;
  /** A path, or `-` for standard input. */
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly writer: AsyncPort<RecordWriter>;
  readonly runs: AsyncPort<RunLog>;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
  /** Resolves when this process may write: waited for before each batch. */
  readonly ready?: () => Promise<void>;
};

/** Throws when the file cannot be read or is refused whole; the run is logged with that sentence. */
export async function ingestFile({ source, path, options, writer, runs, onProgress, signal, ready }: FileRun): Promise<RunReport> {
  const isStandardInput = path === '-';
  const size = isStandardInput ? null : statSync(path).size;
  const name = isStandardInput ? '-' : basename(path);
  const run = await runs.start(source, name, isoNow());
  let report: RunReport = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: [] };
  const keep = (progress: IngestProgress) => {
    report = progress.report;
    onProgress?.(progress);
  };
  try {
    const input = { name, size, now: isoNow() };
    const events =
      size !== null && size >= threadFromBytes
        ? readInThread({ source, path, options, ...input })
        : findFileSource(source).read({ bytes: isStandardInput ? process.stdin : createReadStream(path), ...input }, options);
    report = await ingestPapers(events, { writer, onProgress: keep, ...(ready && { ready }), ...(signal && { signal }) });
    await runs.finish(run, report, isoNow(), signal?.aborted ? 'It was interrupted.' : null);
    return report;
  } catch (error) {
    await runs.finish(run, report, isoNow(), error instanceof Error ? error.message : String(error));
    throw error;
  }
}

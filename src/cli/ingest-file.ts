/** Ingests one file or standard input as one logged run. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { AsyncPort } from '#core/ports/async-port.ts';
import { emptyReport, type RecordWriter, type RunLog, type RunReport } from '#core/ports/ingest.ts';
import { type IngestProgress, ingestPapers } from '#ingest/ingest-papers.ts';
import { findFileSource } from '#ingest/sources/index.ts';
import { isoNow } from '#platform/clock.ts';
import { readInThread } from '#wiring/read-in-thread.ts';

/** Starting a thread takes a third of a second. Smaller files are read faster than that, so a signal need not wait. */
const threadFromBytes = 200_000;

const interrupted = 'It was interrupted.';

export type FileRun = {
  /** Name of a file source. */
  readonly source: string;
  /** A path, or `-` for standard input. */
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly writer: AsyncPort<RecordWriter>;
  readonly runs: AsyncPort<RunLog>;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
  /** Resolves when this process may write. Awaited before each batch. */
  readonly ready?: () => Promise<void>;
};

/** Throws if the file cannot be read or is rejected. The run log records the message. */
export async function ingestFile({
  source,
  path,
  options,
  writer,
  runs,
  onProgress,
  signal,
  ready,
}: FileRun): Promise<RunReport> {
  const isStandardInput = path === '-';
  const size = isStandardInput ? null : sizeOf(path);
  const name = isStandardInput ? '-' : basename(path);
  const run = await runs.start(source, name, isoNow());
  let report = emptyReport;
  const onReport = (progress: IngestProgress) => {
    report = progress.report;
    onProgress?.(progress);
  };
  try {
    const input = { name, size, now: isoNow() };
    const events =
      size !== null && size < threadFromBytes
        ? findFileSource(source).read({ bytes: createReadStream(path), ...input }, options)
        : readInThread({ source, path, options, ...input }, signal);
    report = await ingestPapers(events, {
      writer,
      onProgress: onReport,
      isFile: true,
      ...(ready && { ready }),
      ...(signal && { signal }),
    });
    await runs.finish(run, report, isoNow(), signal?.aborted ? interrupted : null);
    return report;
  } catch (error) {
    await runs.finish(
      run,
      report,
      isoNow(),
      signal?.aborted ? interrupted : error instanceof Error ? error.message : String(error),
    );
    throw error;
  }
}

/** Returns null for a pipe or a device: its size is unknown. */
function sizeOf(path: string): number | null {
  const file = statSync(path);
  return file.isFile() || file.isDirectory() ? file.size : null;
}

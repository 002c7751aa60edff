/** Reads one file, or standard input, with a source and ingests it as one logged run. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { RunReport } from '#core/ports';
import { type IngestProgress, ingestPapers } from '#ingest/ingest-papers';
import { findFileSource } from '#ingest/sources/index';
import type { Ingest } from '#wiring';

export type FileRun = {
  /** A name of the source registry. */
  readonly source: string;
  /** A path, or `-` for standard input. */
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly ingest: Ingest;
  readonly onProgress?: (progress: IngestProgress) => void;
};

/** Throws when the file cannot be read or is refused whole; the run is logged with that sentence. */
export async function ingestFile({ source, path, options, ingest, onProgress }: FileRun): Promise<RunReport> {
  const isStandardInput = path === '-';
  const size = isStandardInput ? null : statSync(path).size;
  const bytes: AsyncIterable<Uint8Array> = isStandardInput ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  const name = isStandardInput ? '-' : basename(path);
  const now = () => new Date().toISOString();
  const run = ingest.runs.start(source, name, now());
  let report: RunReport = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: [] };
  const keep = (progress: IngestProgress) => {
    report = progress.report;
    onProgress?.(progress);
  };
  try {
    const events = findFileSource(source).read({ bytes, name, size, now: now() }, options);
    report = await ingestPapers(events, { writer: ingest.writer, onProgress: keep });
    ingest.runs.finish(run, report, now(), null);
    return report;
  } catch (error) {
    ingest.runs.finish(run, report, now(), error instanceof Error ? error.message : String(error));
    throw error;
  }
}

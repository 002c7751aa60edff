/** One ingest from the command line: waits for the lease, shows progress, prints the report, sets the exit code. */

import { FetchFailure } from '#core/http';
import type { RunReport } from '#core/ingest-ports';
import type { IngestProgress } from '#ingest/ingest-papers';
import { SourceRefused } from '#ingest/source';
import { systemClock } from '#platform/clock';
import { env } from '#platform/env';
import { withLease } from '#platform/hold-lease';
import { type Ingest, openIngest } from '#wiring/ingest';
import { prepareStore } from '#wiring/store';
import { createProgress } from './progress.ts';
import { rejectionLines, summaryOf, toReportJson } from './report.ts';

export type IngestWork = (
  ingest: Ingest,
  token: number,
  onProgress: (progress: IngestProgress) => void,
  signal: AbortSignal,
) => Promise<RunReport>;

/** Exit code 0: everything is in; 1: some records were rejected; 2: refused or failed. Interrupted with Ctrl-C it ends after the batch at hand. */
export async function runIngest(subject: string, isJson: boolean, work: IngestWork): Promise<void> {
  const settings = env();
  prepareStore(settings.databaseFile, process.cwd());
  const ingest = openIngest(settings);
  const progress = createProgress(Boolean(process.stderr.isTTY));
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const onWait = (untilMs: number) =>
    console.error(
      `Another process is ingesting; waiting until it is done (it holds the store until ${new Date(untilMs).toISOString()} at least) …`,
    );
  try {
    const report = await withLease({ lease: ingest.lease, clock: systemClock, onWait, signal: interrupt.signal }, (token) =>
      work(ingest, token, progress.update, interrupt.signal),
    );
    progress.stop();
    print(report, isJson);
  } catch (error) {
    progress.stop();
    console.error(whyEnded(subject, error));
    if (isJson) console.log(toReportJson({ read: 0, added: 0, updated: 0, unchanged: 0, rejected: [] }));
    process.exitCode = 2;
  } finally {
    ingest.close();
  }
}

function print(report: RunReport, isJson: boolean): void {
  const say = isJson ? console.error : console.log;
  say(summaryOf(report));
  for (const line of rejectionLines(report)) say(line);
  if (isJson) console.log(toReportJson(report));
  process.exitCode = report.rejected.length > 0 ? 1 : 0;
}

function whyEnded(subject: string, error: unknown): string {
  if (error instanceof SourceRefused) return `${subject} was refused and the store is as it was: ${error.message}`;
  if (error instanceof FetchFailure)
    return `The run ended early, and what it had saved stays; the same command goes on from there. ${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `There is no file ${subject}.`;
  if (code === 'EISDIR') return `${subject} is a folder, a file is expected.`;
  return `The run ended early, and what it had saved stays: ${error instanceof Error ? error.message : String(error)}`;
}

/** One ingest from the command line: waits for the lease, shows progress, prints the report, sets the exit code. */
import { AppError } from '#core/errors.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import { emptyReport, type RunReport } from '#core/ports/ingest.ts';
import { healDates } from '#ingest/dates/heal-dates.ts';
import type { IngestProgress } from '#ingest/ingest-papers.ts';
import { MostlyRejected } from '#ingest/rejections.ts';
import { SourceRefused } from '#ingest/source.ts';
import { systemClock } from '#platform/clock.ts';
import { type HeldLease, withLease } from '#platform/lease.ts';
import { readSettings } from '#platform/settings.ts';
import { type Ingest, openIngest } from '#wiring/ingest.ts';
import { endSeeding, prepareStore } from '#wiring/store.ts';
import { createProgress } from './progress.ts';
import { rejectionLines, summaryOf, toReportJson } from './report.ts';

export type IngestTools = {
  readonly ingest: Ingest;
  readonly heldLease: HeldLease;
  readonly signal: AbortSignal;
  onProgress(progress: IngestProgress): void;
};

/**
 * Sets exit code 0: all records stored; 1: some records rejected; 2: input rejected, failed or interrupted. Ctrl-C ends
 * the run within a second, a second Ctrl-C at once.
 */
export async function runIngest(
  subject: string,
  isJson: boolean,
  work: (tools: IngestTools) => Promise<RunReport>,
): Promise<void> {
  const settings = readSettings();
  prepareStore(settings.databaseFile, process.cwd());
  // A user who ingests into a new store wants these papers, not the seeds.
  endSeeding(settings.databaseFile);
  const ingest = openIngest(settings, printLocked);
  const display = createProgress(Boolean(process.stderr.isTTY));
  const { signal, abort } = interruptSignal();
  let report = emptyReport;
  const onProgress = (progress: IngestProgress) => {
    report = progress.report;
    display.update(progress);
  };
  let errorMessage: string | null = null;
  try {
    ingest.checkClock();
    report = await withLease(
      { lease: ingest.lease, clock: systemClock, onWait: printWaiting, signal },
      async (heldLease) => {
        await healDates(ingest.writerFor(heldLease));
        return await work({ ingest, heldLease, onProgress, signal });
      },
    );
    if (signal.aborted) errorMessage = interrupted;
  } catch (error) {
    errorMessage = signal.aborted ? interrupted : failureMessage(subject, error);
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
    display.stop();
    ingest.close();
  }
  print(report, errorMessage, isJson);
}

const interrupted = 'Interrupted; what was saved stays, and the same command goes on from there.';

function interruptSignal() {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return { signal: controller.signal, abort };
}

export function printLocked(): void {
  console.error('Another program is writing to the store; waiting until it lets it go …');
}

function printWaiting(untilMs: number): void {
  const until = new Date(untilMs).toISOString().slice(11, 19);
  console.error(
    `Another process is ingesting; waiting until it is done (it holds the store until ${until} UTC at least) …`,
  );
}

/** Also prints the report of an interrupted run. */
function print(report: RunReport, errorMessage: string | null, isJson: boolean): void {
  const write = isJson ? console.error : console.log;
  if (errorMessage !== null) console.error(errorMessage);
  if (errorMessage === null || report.read > 0) write(summaryOf(report));
  for (const line of rejectionLines(report)) write(line);
  if (isJson) console.log(toReportJson(report));
  process.exitCode = errorMessage === null ? (report.rejectedCount > 0 ? 1 : 0) : 2;
}

function failureMessage(subject: string, error: unknown): string {
  if (error instanceof SourceRefused) return `${subject} was refused and the store is as it was: ${error.message}`;
  if (error instanceof MostlyRejected) return `${subject} was given up, and what it had saved stays: ${error.message}`;
  if (error instanceof FetchFailure)
    return `The run ended early, and what it had saved stays; the same command goes on from there. ${error.message}`;
  if (error instanceof AppError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `There is no file ${subject}.`;
  if (code === 'EISDIR') return `${subject} is a folder, a file is expected.`;
  return `The run ended early, and what it had saved stays: ${error instanceof Error ? error.message : String(error)}`;
}

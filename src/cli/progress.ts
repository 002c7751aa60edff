/** Shows progress on standard error: a bar on a terminal, a line every few seconds in a pipe. */
import { Presets, SingleBar } from 'cli-progress';
import type { IngestProgress } from '#ingest/ingest-papers.ts';

export type ProgressDisplay = { update(progress: IngestProgress): void; stop(): void };

const lineEveryMs = 5_000;

export function createProgress(isTerminal: boolean): ProgressDisplay {
  return isTerminal ? createBar() : createLines();
}

function createBar(): ProgressDisplay {
  const format = '{bar} {percentage}% · {papers} papers · {rate}/s · {eta_formatted} left';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, etaBuffer: 50 },
    Presets.shades_classic,
  );
  const startedMs = performance.now();
  let isStarted = false;
  return {
    update({ report, done, total }) {
      const counts = { papers: report.read.toLocaleString('en'), rate: rateOf(report.read, startedMs) };
      if (!isStarted) bar.start(total ?? 0, 0, counts);
      isStarted = true;
      if (total !== null) bar.setTotal(total);
      bar.update(done, counts);
    },
    stop: () => bar.stop(),
  };
}

function createLines(): ProgressDisplay {
  const startedMs = performance.now();
  let shownMs = startedMs;
  return {
    update({ report, done, total }) {
      if (performance.now() - shownMs < lineEveryMs) return;
      shownMs = performance.now();
      const share = total ? ` (${Math.floor((done / total) * 100)} %)` : '';
      console.error(
        `${report.read.toLocaleString('en')} papers read${share}, ${rateOf(report.read, startedMs)} a second`,
      );
    },
    stop: () => {},
  };
}

const rateOf = (read: number, startedMs: number): string =>
  Math.round((read * 1000) / Math.max(1, performance.now() - startedMs)).toLocaleString('en');

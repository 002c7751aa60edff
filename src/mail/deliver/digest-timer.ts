/** The digest's timer: looks every minute who is due, and less often while the mail server is down. */
import type { DigestReport } from '#mail/send-digests.ts';

export type TimerPorts = {
  /** One run; null when another process sends. */
  run(): Promise<DigestReport | null>;
  /** Rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  onReport(report: DigestReport): void;
  onError(error: unknown): void;
};

const everyMs = 60_000;
const pauseMaxMs = 30 * 60_000;

/** Begins at once; the answer stops it and resolves when the round at hand has ended. */
export function startTimer(ports: TimerPorts): () => Promise<void> {
  const stop = new AbortController();
  const running = loop(ports, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function loop({ run, wait, onReport, onError }: TimerPorts, signal: AbortSignal): Promise<void> {
  let pauseMs = everyMs;
  while (!signal.aborted) {
    const report = await run().catch((error: unknown) => {
      onError(error);
      return null;
    });
    if (report !== null && (report.recipients > 0 || report.stopped !== null || report.failed > 0)) onReport(report);
    pauseMs = report?.stopped ? Math.min(pauseMaxMs, pauseMs * 2) : everyMs;
    await wait(pauseMs, signal).catch(() => {}); // rejected by the stop alone
  }
}

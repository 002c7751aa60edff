/** Sends due digests every minute, and less often while the mail server is down. */
import type { DigestReport } from '#mail/send-digests.ts';

export type TimerPorts = {
  /** Sends the due digests. Returns null if another process is sending. */
  run(): Promise<DigestReport | null>;
  /** Rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  onReport(report: DigestReport): void;
  onError(error: unknown): void;
};

const intervalMs = 60_000;
const delayMaxMs = 30 * 60_000;

/** Starts the first run at once. Returns a function that stops the timer and awaits the current run. */
export function startTimer(ports: TimerPorts): () => Promise<void> {
  const stop = new AbortController();
  const running = loop(ports, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function loop({ run, wait, onReport, onError }: TimerPorts, signal: AbortSignal): Promise<void> {
  let delayMs = intervalMs;
  while (!signal.aborted) {
    const report = await run().catch((error: unknown) => {
      onError(error);
      return null;
    });
    if (report !== null && (report.recipients > 0 || report.stopped !== null || report.failed > 0)) onReport(report);
    delayMs = report?.stopped ? Math.min(delayMaxMs, delayMs * 2) : intervalMs;
    await wait(delayMs, signal).catch(() => {}); // Only `stop` aborts the wait.
  }
}

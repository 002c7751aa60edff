/** Stops the process after an uncaught error, because its state is unknown. */
import { setTimeout as delay } from 'node:timers/promises';
import { trackRequests } from '#http/routes/request-context.ts';

/**
 * Logs an uncaught error, allows `stop` to take `limitMs`, then exits with 1. Returns the function that does so.
 * Call it before Next loads: Next's own handlers only log.
 */
export function endOnUncaughtError(stop: () => Promise<void>, limitMs: number): (error: unknown) => void {
  let isEnding = false;
  const end = (error: unknown): void => {
    if (isEnding) return;
    isEnding = true;
    console.error(error);
    const stopped = stop().catch((failure: unknown) => console.error(failure));
    void Promise.race([stopped, delay(limitMs)]).then(() => process.exit(1));
  };
  // The `uncaughtException` event has other listeners that would log the error again.
  process.setUncaughtExceptionCaptureCallback(end);
  process.on('unhandledRejection', (reason) => {
    // React and Next leave rejected promises of a failed page, and log them. They concern that page alone.
    if (trackRequests().getStore() === undefined) throw reason;
  });
  return end;
}

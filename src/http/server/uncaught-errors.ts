/** Ends the process after an error that nobody caught: what it left half done cannot be known. */
import { setTimeout as delay } from 'node:timers/promises';
import { trackRequests } from '#http/routes/request-context.ts';

/**
 * From now on an uncaught error is logged, `stop` gets `limitMs`, and the process exits with 1. Returns how to end it so.
 * Called before Next is loaded: Next's own handlers only log.
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
  // Not the event: its other listeners would log the error too.
  process.setUncaughtExceptionCaptureCallback(end);
  process.on('unhandledRejection', (reason) => {
    // React and Next leave rejected promises of a page that failed. They concern that page alone, and Next logs them.
    if (trackRequests().getStore() === undefined) throw reason;
  });
  return end;
}

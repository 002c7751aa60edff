/** Supervises the server process: starts it, restarts it after a failure, and stops it on a signal. Stays in memory. */
import { constants } from 'node:os';
import { createRestartPolicy, restartsMax, windowMs } from './restart-policy.mjs';
import { onParentGone } from './run-command.mjs';
import { startChild } from './server-child.mjs';

const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** Exit code of `prepare` for an unusable store. A restart would not help. */
const refused = 2;

/**
 * Runs `prepare`, then the server, until a signal stops it, it cannot start or it fails too often. Both `prepare` and
 * this function resolve with an exit code.
 */
export async function supervise({ prepare, command, args, policy = createRestartPolicy(), say = console.error }) {
  let [child, isStopping, hasServed] = [null, false, false];
  let wake = () => {};
  const onSignal = (signal) => {
    isStopping = true;
    wake();
    child?.stop(signal);
  };
  for (const signal of stopSignals) process.on(signal, onSignal);
  onParentGone(() => onSignal('SIGTERM'));

  const runOnce = async () => {
    const code = await prepare();
    if (code !== 0 || isStopping) return { code, signal: null };
    child = startChild(command, args);
    return child.ended;
  };

  for (;;) {
    const end = await runOnce();
    hasServed ||= child?.hasServed() ?? false;
    child = null;
    const code = exitCodeAfter({ ...end, hasServed, isStopping });
    if (code !== null) return code;
    const delayMs = policy.next();
    if (delayMs === null) {
      say(
        `The server failed again after ${restartsMax} restarts in ${windowMs / 60_000} minutes. It is not started again.`,
      );
      return 1;
    }
    say(`The server ended with ${end.signal ?? `exit code ${end.code}`}. It starts again in ${delayMs / 1000} s.`);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    if (isStopping) return 0;
  }
}

/** Returns the exit code, or null to restart the server. `hasServed`: this or an earlier server listened. */
export function exitCodeAfter({ code, signal, hasServed, isStopping }) {
  if (isStopping) return code ?? 1;
  if (stopSignals.includes(signal)) return 128 + constants.signals[signal];
  if (code === 0 || code === refused) return code;
  return code !== null && !hasServed ? code : null;
}

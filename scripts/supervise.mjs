/** Keeps the server running: starts its process, starts it again after a failure, and stops it on a signal. Light: it stays loaded. */
import { constants } from 'node:os';
import { createRestartPolicy, restartsMax, windowMs } from './restart-policy.mjs';
import { onParentGone } from './run-command.mjs';
import { startChild } from './server-child.mjs';

const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** How `prepare` ends when the store cannot be used: another start would meet the same. */
const refused = 2;

/**
 * Runs `prepare`, then the server, until the server is stopped, cannot start or fails too often; resolves with the exit code.
 * `prepare` resolves with an exit code.
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

/** The exit code of the whole after the server ended; null: start it again. `hasServed`: this server or an earlier one listened. */
export function exitCodeAfter({ code, signal, hasServed, isStopping }) {
  if (isStopping) return code ?? 1;
  if (stopSignals.includes(signal)) return 128 + constants.signals[signal];
  if (code === 0 || code === refused) return code;
  return code !== null && !hasServed ? code : null;
}

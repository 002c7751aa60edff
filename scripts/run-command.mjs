/** Runs child processes: passes signals on, and ends the children with this process. */
import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Resolves with the exit code, `128 + n` after a signal. `options.capture` collects the output in `output` instead of
 * printing it.
 */
export function run(command, args, options = {}) {
  const { capture = false, ...rest } = options;
  const child = spawn(command, args, { stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...rest });
  const chunks = [];
  if (capture) for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const passOn = signals.map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, listener] of passOn) process.on(signal, listener);
  const unwatch = onParentGone(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      unwatch();
      for (const [name, listener] of passOn) process.off(name, listener);
      resolve({
        code: signal ? 128 + (signal === 'SIGINT' ? 2 : 15) : code,
        output: Buffer.concat(chunks).toString('utf8'),
      });
    });
  });
}

/** Whether `bootstrap` or `startChild` started this process. Read at load, because a closed channel leaves no trace. */
const hasParentChannel = process.connected === true;

/**
 * Calls back when the parent was killed, so that no orphan keeps the port. The parent is the other end of the IPC
 * channel, or npm. Returns a function that stops watching.
 */
export function onParentGone(callback) {
  if (hasParentChannel) {
    if (!process.connected) setImmediate(callback);
    process.once('disconnect', callback);
    return () => process.off('disconnect', callback);
  }
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

/** Runs other programs as a part of this one: signals are passed on, and none outlives us. */
import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The exit code of a program; `128 + n` when a signal ended it. `options.capture` keeps its output back and hands it
 * over instead of showing it: `{ code, output }`.
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

/** Whether a parent of this project started this process (see `bootstrap`, `startChild`). Asked at once: a lost channel leaves no trace. */
const hasParentChannel = process.connected === true;

/**
 * Calls back when the parent is gone without a word (killed), so that nothing is left behind that holds a port: the parent
 * that holds our channel, or npm. Returns how to stop watching.
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

/** Starts and stops the server process for the supervisor. */
import { spawn } from 'node:child_process';

/** A server that does not begin to stop within this time hangs and is killed. */
const beginLimitMs = 5000;
/** Longer than the server's own limit of 15 s (server-process.mjs). */
const stopLimitMs = 20_000;
/** One Ctrl-C arrives twice, from the terminal and from npm. A later signal is a second Ctrl-C. */
const sameSignalMs = 1000;

export function startChild(command, args) {
  // The server ends when the IPC channel closes, so it does not outlive a killed supervisor.
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let hasServed = false;
  let stoppingSinceMs = null;
  let limit;
  const killAfter = (ms) => {
    clearTimeout(limit);
    limit = setTimeout(() => child.kill('SIGKILL'), ms);
  };
  child.on('message', (message) => {
    if (message === 'listening') hasServed = true;
    if (message === 'stopping' && stoppingSinceMs !== null) killAfter(stopLimitMs);
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      resolve({ code, signal });
    });
  });
  return {
    ended,
    hasServed: () => hasServed,
    stop(signal) {
      const nowMs = performance.now();
      if (stoppingSinceMs === null) killAfter(beginLimitMs);
      else if (nowMs - stoppingSinceMs > sameSignalMs) killAfter(sameSignalMs);
      stoppingSinceMs ??= nowMs;
      child.kill(signal);
    },
  };
}

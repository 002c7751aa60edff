/** The server's process as its supervisor sees it. */
import { spawn } from 'node:child_process';

/** A server that has not begun to stop after this time hangs, and is killed. */
const beginLimitMs = 5000;
/** The server itself gives up after 15 s (server-process.mjs). */
const stopLimitMs = 20_000;
/** One Ctrl-C comes twice, from the terminal and from npm. A signal that comes later is a second Ctrl-C. */
const sameSignalMs = 1000;

export function startChild(command, args) {
  // The server ends when this channel closes: it does not outlive a supervisor that was killed.
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

/** One process at a time installs or builds: a lock file that a dead process does not hold. */
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const touchEveryMs = 5000;
/** A holder that has not touched its lock for so long is gone, even where another process has its number now. */
const staleAfterMs = 60_000;

/**
 * Runs `work` while this process holds `file`; waits for another holder, telling `onWait` once. The lock goes when the
 * work ends or the process exits.
 */
export async function withLock(file, work, onWait = () => {}) {
  await acquire(file, onWait);
  const release = () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  const touch = setInterval(() => whenThere(() => utimesSync(file, new Date(), new Date())), touchEveryMs);
  process.on('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    process.off('exit', release);
    release();
  }
}

async function acquire(file, onWait) {
  for (let tries = 0; !take(file, process.pid); tries++) {
    if (breakStale(file)) continue;
    if (tries === 0) onWait();
    await sleep(200);
  }
}

/** Whether the file was not there and is now. */
function take(file, pid) {
  try {
    writeFileSync(file, String(pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether it is worth trying again at once: the lock has gone, or was a dead process's. */
function breakStale(file) {
  const seen = read(file);
  if (seen === null) return true;
  if (!isStale(seen, Date.now())) return false;
  const grave = `${file}.${process.pid}`;
  whenThere(() => {
    renameSync(file, grave);
    // Between the look and the rename another process may have taken the lock over: then it gets it back.
    const buried = read(grave);
    if (buried && buried.pid !== seen.pid) take(file, buried.pid);
  });
  rmSync(grave, { force: true });
  return true;
}

/** A lock just made may still be empty: its `pid` is then 0. */
function read(file) {
  return whenThere(() => ({ pid: Number(readFileSync(file, 'utf8')), touchedMs: statSync(file).mtimeMs }));
}

function whenThere(action) {
  try {
    return action();
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether the holder of a lock is gone: this very process (which does not hold it), no such process, or no sign of life. */
export function isStale(lock, nowMs, isAlive = isProcessAlive) {
  if (nowMs - lock.touchedMs > staleAfterMs) return true;
  return lock.pid > 0 && (lock.pid === process.pid || !isAlive(lock.pid));
}

function isProcessAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A lock file: one process at a time installs or builds. The lock of a dead process is stale. */
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const touchEveryMs = 5000;
/** A lock that was not touched for this long is stale, even if another process has the holder's pid now. */
const staleAfterMs = 60_000;

/**
 * Acquires the lock `file` and runs `work`. Calls `onWait` once if another process holds the lock. Releases it when the
 * work ends or the process exits.
 */
export async function withLock(file, work, onWait = () => {}) {
  await acquire(file, onWait);
  const release = () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  const touch = setInterval(() => ignoreMissing(() => utimesSync(file, new Date(), new Date())), touchEveryMs);
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
  for (let attempts = 0; !create(file, process.pid); attempts++) {
    if (breakStale(file)) continue;
    if (attempts === 0) onWait();
    await sleep(200);
  }
}

/** Creates the file with a pid. Returns false if it exists. */
function create(file, pid) {
  try {
    writeFileSync(file, String(pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a stale lock. Returns whether to retry at once. */
function breakStale(file) {
  const seen = read(file);
  if (seen === null) return true;
  if (!isStale(seen, Date.now())) return false;
  const stalePath = `${file}.${process.pid}`;
  ignoreMissing(() => {
    renameSync(file, stalePath);
    // Another process may have acquired the lock before the rename. Then restore its lock.
    const moved = read(stalePath);
    if (moved && moved.pid !== seen.pid) create(file, moved.pid);
  });
  rmSync(stalePath, { force: true });
  return true;
}

/** A new lock may still be empty; its `pid` is then 0. */
function read(file) {
  return ignoreMissing(() => ({ pid: Number(readFileSync(file, 'utf8')), touchedMs: statSync(file).mtimeMs }));
}

function ignoreMissing(action) {
  try {
    return action();
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Returns whether a lock is stale: untouched for too long, by a dead process, or by an earlier one with our pid. */
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

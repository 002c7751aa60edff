/**
 * Creates a new store under a temporary name and links it into place. A killed process leaves no partial store, and of
 * two processes that start together one wins.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { StoreRefused, whyNot } from './store-errors.ts';

/** Calls `fill` in one transaction. Returns false if another process created the store first. */
export function createStoreFile(databaseFile: string, fill: (database: Database) => void): boolean {
  const folder = dirname(databaseFile);
  const temporaryFile = `${databaseFile}.new-${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    removeStaleFiles(databaseFile);
    closeSync(openSync(temporaryFile, 'wx', 0o600));
  } catch (error) {
    throw new StoreRefused(`The store ${databaseFile} cannot be made: ${folder} ${whyNot(error)}.`, { cause: error });
  }
  try {
    build(temporaryFile, fill);
    return putInPlace(temporaryFile, databaseFile);
  } finally {
    rmSync(temporaryFile, { force: true });
    syncFolder(folder);
  }
}

function build(aside: string, fill: (database: Database) => void): void {
  const database = new Sqlite(aside);
  try {
    // The journal stays in memory, so SQLite creates no other file. `close` below syncs the database.
    database.pragma('journal_mode = MEMORY');
    database.pragma('synchronous = FULL');
    database.transaction(() => fill(database)).immediate();
  } finally {
    database.close();
  }
}

/** `link` fails if the target exists. File systems without hard links get a rename. */
function putInPlace(aside: string, databaseFile: string): boolean {
  try {
    linkSync(aside, databaseFile);
  } catch (error) {
    if (existsSync(databaseFile)) return false;
    if (!(error instanceof Error && 'code' in error && error.code !== 'ENOENT')) throw error;
    renameSync(aside, databaseFile);
  }
  return true;
}

/** Deletes the temporary files of killed processes. */
function removeStaleFiles(databaseFile: string): void {
  const start = `${basename(databaseFile)}.new-`;
  for (const name of readdirSync(dirname(databaseFile)))
    if (name.startsWith(start) && !isRunning(Number.parseInt(name.slice(start.length), 10)))
      rmSync(join(dirname(databaseFile), name), { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open folders. A rename is durable there without a sync.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

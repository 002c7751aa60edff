/**
 * Lets one process send mails at a time.
 * The lock is SQLite's exclusive lock on a separate file. The operating system releases it when the process dies.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { SenderLock } from '#core/ports/subscriptions.ts';
import { storeFilesOf } from '#store/sqlite/file/store-files.ts';

export function createSenderLock(databaseFile: string): SenderLock {
  return {
    async runExclusively(work) {
      const path = storeFilesOf(databaseFile).sending;
      // Create the file only if it is missing: closing a file releases this process's POSIX locks on it.
      if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
      const file = new Sqlite(path, { timeout: 0 });
      try {
        if (!lock(file)) return null;
        return await work();
      } finally {
        file.close();
      }
    },
  };
}

function lock(file: Sqlite.Database): boolean {
  try {
    file.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}

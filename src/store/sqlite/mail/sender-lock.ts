/** One process sends mails at a time: whoever holds SQLite's exclusive lock on a file of its own, which the system frees when a process dies. */
import { closeSync, existsSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { SenderLock } from '#core/ports/subscriptions.ts';
import { storeFilesOf } from '#store/sqlite/file/store-files.ts';

export function createSenderLock(databaseFile: string): SenderLock {
  return {
    async runExclusively(work) {
      const path = storeFilesOf(databaseFile).sending;
      // Only where there is none: closing a file that this process has locked would end the lock.
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

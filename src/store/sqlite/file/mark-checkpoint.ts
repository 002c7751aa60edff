/** Numbers the store's checkpoints in the database header, which can be read without the log, and in `<store>.id`. */
import type { Database } from 'better-sqlite3';
import { openForWriting } from '#store/sqlite/database.ts';
import { readIdFile, writeIdFile } from './id-file.ts';
import { applicationIdOf } from './inspect-store.ts';
import { type StoreFiles, storeFilesOf } from './store-files.ts';

/**
 * Writes the next number, runs a checkpoint, and records the number once it is on the disk.
 * Does not wait for locks. Returns false if other connections kept part of the log in use. The next call tries again.
 */
export function markCheckpoint(database: Database, files: StoreFiles, isClosed?: boolean): boolean {
  const { storeId, checkpoints } = database
    .transaction(() => {
      const storeId = String(database.prepare('SELECT storeId FROM Store').pluck().get());
      const last = Math.max(
        Number(database.pragma('user_version', { simple: true })),
        readIdFile(files.id)?.checkpoints ?? 0,
      );
      database.pragma(`application_id = ${applicationIdOf(storeId)}`);
      database.pragma(`user_version = ${last + 1}`);
      return { storeId, checkpoints: last + 1 };
    })
    .immediate();
  // A passive checkpoint syncs the log before it copies, and the database file after a complete copy.
  const [result] = database.pragma('wal_checkpoint(PASSIVE)') as {
    readonly log: number;
    readonly checkpointed: number;
  }[];
  if (!result || result.log !== result.checkpointed) return false;
  writeIdFile(files.id, { storeId, checkpoints, closed: isClosed ?? readIdFile(files.id)?.closed ?? false });
  return true;
}

/** Runs `markCheckpoint` on its own connection. */
export function noteCheckpoint(databaseFile: string): boolean {
  const database = openForWriting(databaseFile);
  try {
    database.pragma('cache_size = -1024');
    return markCheckpoint(database, storeFilesOf(databaseFile));
  } finally {
    database.close();
  }
}

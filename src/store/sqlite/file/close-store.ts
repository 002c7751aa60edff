/** The end of a process that had the store open. */
import { existsSync } from 'node:fs';
import { openForWriting } from '#store/sqlite/database.ts';
import { readIdFile, writeIdFile } from './id-file.ts';
import { sizeOf, storeFilesOf } from './store-files.ts';

/** Moves the log into the file, and notes that the store was closed, unless another process has it open. */
export function closeStore(databaseFile: string): void {
  const files = storeFilesOf(databaseFile);
  if (!existsSync(files.main)) return;
  // The last connection to close does a checkpoint and removes the log; one that only reads cannot.
  const database = openForWriting(databaseFile);
  database.prepare('SELECT 1 FROM Store').get();
  database.close();
  const identity = readIdFile(files.id);
  if (identity && sizeOf(files.wal) === 0) writeIdFile(files.id, { ...identity, closed: true });
}

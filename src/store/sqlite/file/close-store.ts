/** Runs a checkpoint and records in `<store>.id` that the store was closed, unless another process has it open. */
import { existsSync } from 'node:fs';
import { openForWriting } from '#store/sqlite/database.ts';
import { readIdFile, writeIdFile } from './id-file.ts';
import { sizeOf, storeFilesOf } from './store-files.ts';

export function closeStore(databaseFile: string): void {
  const files = storeFilesOf(databaseFile);
  if (!existsSync(files.main)) return;
  // The last connection to close runs a checkpoint and deletes the log. A read-only connection cannot.
  const database = openForWriting(databaseFile);
  database.prepare('SELECT 1 FROM Store').get();
  database.close();
  const identity = readIdFile(files.id);
  if (identity && sizeOf(files.wal) === 0) writeIdFile(files.id, { ...identity, closed: true });
}

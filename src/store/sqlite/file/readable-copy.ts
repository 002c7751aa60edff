/** A store on a disk that cannot be written is read from a copy: SQLite needs files beside the store even to read it. */
import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { storeFilesOf } from './store-files.ts';

export type ReadableFile = { readonly file: string; remove(): void };

/** The store itself where SQLite can read it. */
export function toReadableFile(databaseFile: string): ReadableFile {
  const { wal } = storeFilesOf(databaseFile);
  // With a log there SQLite reads it where it lies; without one nobody is writing, and a copy is whole.
  if (existsSync(wal) || mayWrite(dirname(wal))) return { file: databaseFile, remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, 'store.db');
  try {
    copyFileSync(databaseFile, file);
  } catch (error) {
    remove();
    throw error;
  }
  return { file, remove };
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies a store on a read-only disk to a temporary folder. SQLite must create files beside the store even to read it.
 */
import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { storeFilesOf } from './store-files.ts';

export type ReadableFile = { readonly file: string; remove(): void };

/** Returns the store itself if SQLite can read it in place. */
export function toReadableFile(databaseFile: string): ReadableFile {
  const { wal } = storeFilesOf(databaseFile);
  // With a log SQLite can read the store in place. Without a log nobody writes, so a copy is consistent.
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

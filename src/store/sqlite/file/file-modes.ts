/** Protects the store from other users of the machine: files get mode 0600, folders that the program creates 0700. */
import { chmodSync, existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { storeFilesOf } from './store-files.ts';

const privateFile = 0o600;
const privateFolder = 0o700;

/**
 * Sets the modes of the store's files, its search index and the given folders, if they exist. The folder that contains
 * the store keeps its mode.
 * Returns a message for each path that other users can read and this user cannot change.
 */
export function restrictModes(databaseFile: string, folders: readonly string[] = []): string[] {
  const { main, wal, shm, id, index, sending } = storeFilesOf(databaseFile);
  const files = [existsSync(main) ? realpathSync(main) : main, wal, shm, id, sending];
  return [...files.flatMap(restrict), ...[index, ...folders].flatMap(restrictFolder)];
}

function restrictFolder(folder: string): string[] {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  if (!status?.isDirectory()) return [];
  const problems = restrict(folder);
  if (problems.length > 0) return problems;
  return readdirSync(folder).flatMap((name) => restrict(join(folder, name)));
}

function restrict(path: string): string[] {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status || !(status.isFile() || status.isDirectory())) return [];
  const requiredMode = status.isDirectory() ? privateFolder : privateFile;
  if ((status.mode & 0o777) === requiredMode) return [];
  try {
    chmodSync(path, requiredMode);
    return [];
  } catch (error) {
    if ((status.mode & 0o077) === 0) return [];
    return [
      `Other users of this machine may read ${path}, and its mode cannot be changed: ${error instanceof Error ? error.message : error}`,
    ];
  }
}

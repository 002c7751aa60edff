/**
 * Reads and writes `<store>.id`: the store's id, its last durable checkpoint, and whether the last server closed it.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export type StoreIdentity = {
  readonly storeId: string;
  /** The last checkpoint number (`PRAGMA user_version`) that is certainly on the disk. */
  readonly checkpoints: number;
  /** False while a server runs, and after a server was killed. */
  readonly closed: boolean;
};

/** Returns null if the file is missing or invalid. */
export function readIdFile(path: string): StoreIdentity | null {
  try {
    const { storeId, checkpoints, closed } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      keyof StoreIdentity,
      unknown
    >;
    const isIdentity = typeof storeId === 'string' && typeof checkpoints === 'number' && typeof closed === 'boolean';
    return isIdentity ? { storeId, checkpoints, closed } : null;
  } catch {
    return null;
  }
}

/** Writes a temporary file, syncs it and renames it, so that no reader sees a partial file. */
export function writeIdFile(path: string, identity: StoreIdentity): void {
  const temporaryFile = `${path}.${process.pid}.part`;
  const file = openSync(temporaryFile, 'w', 0o600);
  try {
    writeFileSync(file, `${JSON.stringify(identity)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporaryFile, path);
}

/** `<store>.id`: which store lies beside it, the last checkpoint known to be on the disk, and whether the last server closed it. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export type StoreIdentity = {
  readonly storeId: string;
  /** The store's checkpoint number (`PRAGMA user_version`) that is on the disk for certain. */
  readonly checkpoints: number;
  /** False while a server runs, and after one that was killed. */
  readonly closed: boolean;
};

/** Null when there is no such file, or it says nothing that can be read. */
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

/** Written aside, synced and renamed: the file is always whole. */
export function writeIdFile(path: string, identity: StoreIdentity): void {
  const aside = `${path}.${process.pid}.part`;
  const file = openSync(aside, 'w', 0o600);
  try {
    writeFileSync(file, `${JSON.stringify(identity)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
}

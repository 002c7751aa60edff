/** The store's file and the files beside it. */
import { existsSync, realpathSync, statSync } from 'node:fs';

export type StoreFiles = {
  readonly main: string;
  /** SQLite's write-ahead log and its index in shared memory. */
  readonly wal: string;
  readonly shm: string;
  /** Which store this is, and how far it was written: see `id-file.ts`. */
  readonly id: string;
  /** A folder: the saved search index. */
  readonly index: string;
  /** The lock of the process that sends mails; the same one by whichever link the store is opened. */
  readonly sending: string;
};

export function storeFilesOf(databaseFile: string): StoreFiles {
  // SQLite puts its files beside the file that a symbolic link leads to.
  const target = existsSync(databaseFile) ? realpathSync(databaseFile) : databaseFile;
  return {
    main: databaseFile,
    wal: `${target}-wal`,
    shm: `${target}-shm`,
    id: `${databaseFile}.id`,
    index: `${databaseFile}.index`,
    sending: `${target}.sending`,
  };
}

export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Lists the paths of the store's files. */
import { existsSync, realpathSync, statSync } from 'node:fs';

export type StoreFiles = {
  readonly main: string;
  /** SQLite's write-ahead log and its shared-memory index. */
  readonly wal: string;
  readonly shm: string;
  /** The store's id and last checkpoint. See `id-file.ts`. */
  readonly id: string;
  /** The folder of the saved search index. */
  readonly index: string;
  /** The lock file of the mail sender. It is the same file for every symbolic link to the store. */
  readonly sending: string;
};

export function storeFilesOf(databaseFile: string): StoreFiles {
  // SQLite creates its files beside the target of a symbolic link.
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

/** Detects a store that was deleted, replaced or truncated while it is open. Such a store accepts no more writes. */
import { type Stats, statSync } from 'node:fs';
import { openReadOnly } from '#store/sqlite/database.ts';
import { storeFilesOf } from './store-files.ts';
import { readWalHeader } from './wal-file.ts';

export type FileWatch = {
  /**
   * Returns why the store is lost, or null. It only calls `stat` and reads the log's header, so each write can afford
   * it.
   */
  check(): string | null;
  /** Runs `check` and also compares the store's id in the file. Throws SQLite's error if the file cannot be read. */
  checkIdentity(): string | null;
  /** Returns true if only the log was deleted. Open connections can still run a checkpoint from it. */
  isLogGone(): boolean;
  /** Changes each time SQLite restarts its log. Null if there is no log. */
  logGeneration(): string | null;
};

/** Call it while a write connection is open. SQLite does not replace its own files until that connection closes. */
export function watchFiles(databaseFile: string): FileWatch {
  const { main, wal, shm } = storeFilesOf(databaseFile);
  const known = new Map<string, Stats>();
  const storeId = readStoreId(databaseFile);

  const isGone = (path: string): boolean => {
    const [before, now] = [known.get(path), statSync(path, { throwIfNoEntry: false })];
    return before !== undefined && (now?.ino !== before.ino || now.dev !== before.dev);
  };

  function checkFile(path: string): string | null {
    const now = statSync(path, { throwIfNoEntry: false });
    const before = known.get(path);
    if (!now) return before || path === main ? `${path} was deleted or moved away` : null;
    if (isGone(path)) return `${path} was replaced by another file`;
    if (path === main && before && now.size < before.size && isCut(databaseFile, now.size))
      return `${path} was cut from ${before.size} to ${now.size} bytes`;
    known.set(path, now);
    return null;
  }

  const check = () =>
    checkFile(main) ??
    checkFile(wal) ??
    checkFile(shm) ??
    (isLogDamaged(wal) ? `the beginning of ${wal} was overwritten` : null);
  check();

  return {
    check: () => toMessage(databaseFile, check()),
    checkIdentity: () =>
      toMessage(
        databaseFile,
        check() ?? (readStoreId(databaseFile) === storeId ? null : `${main} is another store now`),
      ),
    isLogGone: () => !isGone(main) && isGone(wal),
    logGeneration() {
      const header = readWalHeader(wal);
      return header.state === 'whole' ? header.generation : null;
    },
  };
}

const toMessage = (databaseFile: string, reason: string | null): string | null =>
  reason && `The store ${databaseFile} was changed while the server ran: ${reason}. Put it back and start again.`;

/** Reads the header twice, because another process may be writing it. A log that cannot be opened counts as intact. */
function isLogDamaged(wal: string): boolean {
  try {
    return readWalHeader(wal).state === 'damaged' && readWalHeader(wal).state === 'damaged';
  } catch {
    return false;
  }
}

/**
 * Returns true if the file is shorter than its pages need. VACUUM also shrinks a file, but reduces the page count too.
 */
function isCut(databaseFile: string, bytes: number): boolean {
  try {
    return withDatabase(databaseFile, (database) => {
      const pages = Number(database.pragma('page_count', { simple: true }));
      return pages === 0 || pages * Number(database.pragma('page_size', { simple: true })) > bytes;
    });
  } catch {
    return true;
  }
}

/** Opens a new connection, so that it reads the file that has the name now. */
const readStoreId = (databaseFile: string): unknown =>
  withDatabase(databaseFile, (database) => database.prepare('SELECT storeId FROM Store').pluck().get());

function withDatabase<T>(databaseFile: string, use: (database: ReturnType<typeof openReadOnly>) => T): T {
  const database = openReadOnly(databaseFile);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** Looks whether the open store's files are still the ones that were opened: a store that was deleted, replaced or cut takes no more writes. */
import { type Stats, statSync } from 'node:fs';
import { openReadOnly } from '#store/sqlite/database.ts';
import { storeFilesOf } from './store-files.ts';
import { readWalHeader } from './wal-file.ts';

export type FileWatch = {
  /** A few calls of `stat`: cheap enough before each write is acknowledged. Returns why the store is lost, else null. */
  check(): string | null;
  /** The same, and reads from the file which store it is; throws what SQLite says when it cannot be read. */
  checkIdentity(): string | null;
  /** Whether only the log was taken away: connections that are open still have it, and can move it into the file. */
  isLogGone(): boolean;
  /** Changes whenever SQLite begins its log anew; null while there is none. */
  logGeneration(): string | null;
};

/** Call it when a connection that writes is open: SQLite's own files then stay the same until that closes. */
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

/** The log is checked twice: another process may be writing its header. A log that cannot be opened now proves nothing. */
function isLogDamaged(wal: string): boolean {
  try {
    return readWalHeader(wal).state === 'damaged' && readWalHeader(wal).state === 'damaged';
  } catch {
    return false;
  }
}

/** VACUUM makes a file smaller too, and the number of pages with it. */
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

/** Read anew, from the file that is there now. */
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

/** Inspects the store's files before SQLite opens them and rejects an unsafe store. Writes nothing. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { readIdFile } from './id-file.ts';
import { refusalOf, StoreRefused, whyNot } from './store-errors.ts';
import { type StoreFiles, sizeOf, storeFilesOf } from './store-files.ts';
import { firstChangeCounter } from './wal-file.ts';

/**
 * Fields of the database header (https://sqlite.org/fileformat2.html#the_database_header). The log may hold newer
 * values.
 */
type Header = {
  readonly pageBytes: number;
  /** Size of the database in pages. Null if the header's value is not valid. */
  readonly pages: number | null;
  readonly changeCounter: number;
  /** The application's checkpoint number. See `mark-checkpoint.ts`. */
  readonly userVersion: number;
  readonly applicationId: number;
};

const headerBytes = 100;

/**
 * Returns whether the store exists.
 * Throws `StoreRefused` if the file is not a complete SQLite database, is missing although its companion files exist,
 * or is older than its log.
 * Call it only before this process opens the store: closing any file handle releases SQLite's POSIX locks.
 */
export function inspectStoreFile(databaseFile: string): 'there' | 'absent' {
  const files = storeFilesOf(databaseFile);
  const status = linkStatusOf(databaseFile);
  if (!status) return refuseMissing(files);
  if (!existsSync(databaseFile)) {
    const target = status.isSymbolicLink() ? readlinkSync(databaseFile) : databaseFile;
    throw new StoreRefused(
      `The store ${databaseFile} is a link to ${target}, which is not there; mount or restore that file, or remove the link.`,
    );
  }
  const { size } = statSync(databaseFile);
  if (!statSync(databaseFile).isFile())
    throw refusalOf(files.main, 'is not a file', 'set DATABASE_URL to the path of a file');
  if (size === 0)
    throw refusalOf(
      files.main,
      'is an empty file',
      'put the store or a copy of it back, or remove the empty file to begin with a new store',
    );
  refuseNonFiles(files);
  const header = readHeader(files);
  if (sizeOf(files.wal) === 0 && header.pages !== null && size < header.pages * header.pageBytes)
    throw refusalOf(
      files.main,
      `was cut off: it has ${size} of ${header.pages * header.pageBytes} bytes`,
      'put a copy of it back; docs/store.md',
    );
  refuseOlderThanLog(files, header);
  return 'there';
}

/** Rejects a folder or device that has the name of a companion file. */
function refuseNonFiles({ main, wal, shm, id, sending }: StoreFiles): void {
  const other = [wal, shm, id, sending].find((path) => existsSync(path) && !statSync(path).isFile());
  if (other) throw refusalOf(main, `needs a file ${other}, but something else has that name`, 'move it away');
}

function refuseMissing({ main, id, wal, index }: StoreFiles): 'absent' {
  const rest = [id, wal, index].filter((file) => existsSync(file));
  if (rest.length === 0) return 'absent';
  throw new StoreRefused(
    `There is no store ${main}, but ${rest.join(', ')} ${rest.length === 1 ? 'is' : 'are'} there: put the store back, or move ` +
      `${rest.length === 1 ? 'this' : 'these'} away to begin with a new one.`,
  );
}

function readHeader(files: StoreFiles): Header {
  const bytes = Buffer.alloc(headerBytes);
  const file = openToRead(files.main);
  try {
    const read = readSync(file, bytes, 0, headerBytes, 0);
    const isSqlite = read === headerBytes && bytes.toString('latin1', 0, 16) === 'SQLite format 3\0';
    const pageBytes = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
    const isWhole = pageBytes >= 512 && (pageBytes & (pageBytes - 1)) === 0;
    if (!isSqlite || !isWhole)
      throw refusalOf(
        files.main,
        isSqlite
          ? 'is damaged: its header gives no page size'
          : 'is no SQLite database, or its first bytes were overwritten',
        'put the store or a copy of it back, or set DATABASE_URL to another path',
      );
    const changeCounter = bytes.readUInt32BE(24);
    const pages = changeCounter === bytes.readUInt32BE(92) ? bytes.readUInt32BE(28) : null;
    return {
      pageBytes,
      pages,
      changeCounter,
      userVersion: bytes.readUInt32BE(60),
      applicationId: bytes.readUInt32BE(68),
    };
  } finally {
    closeSync(file);
  }
}

const linkStatusOf = (databaseFile: string) =>
  orRefuse(databaseFile, () => lstatSync(databaseFile, { throwIfNoEntry: false }));
const openToRead = (databaseFile: string) => orRefuse(databaseFile, () => openSync(databaseFile, 'r'));

function orRefuse<T>(databaseFile: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new StoreRefused(`The store ${databaseFile} cannot be read: it ${whyNot(error)}.`, { cause: error });
  }
}

/**
 * Rejects a database file that is older than its write-ahead log. Replaying such a log would mix two states.
 * The file is older if it lacks a recorded checkpoint, or if the log starts after the file's next change. A copy made
 * after the last checkpoint passes: the log contains all newer changes.
 */
function refuseOlderThanLog(files: StoreFiles, { userVersion, applicationId, changeCounter }: Header): void {
  if (sizeOf(files.wal) === 0) return;
  const wayOut = `move ${files.wal} and ${files.shm} away to start with this file, or put back the file that they belong to`;
  const recorded = readIdFile(files.id);
  if (recorded && applicationId !== 0 && applicationId !== applicationIdOf(recorded.storeId))
    throw refusalOf(files.main, `is another store than the log ${files.wal} belongs to`, wayOut);
  const logStart = firstChangeCounter(files.wal);
  const isOlder =
    (recorded && userVersion < recorded.checkpoints) || (logStart !== null && logStart > changeCounter + 1);
  if (isOlder)
    throw refusalOf(
      files.main,
      `is older than the log ${files.wal}, which was left by a server that was killed`,
      wayOut,
    );
}

/** Returns the first 31 bits of the store's id for the header's application id. */
export const applicationIdOf = (storeId: string): number => Number.parseInt(storeId.slice(0, 8), 16) & 0x7fffffff;

/** Throws `StoreRefused` if this user cannot write to the store, its log or its folder. */
export function checkWritable(databaseFile: string): void {
  const files = storeFilesOf(databaseFile);
  const needed = [
    dirname(files.wal),
    dirname(databaseFile),
    ...[databaseFile, files.wal, files.shm].filter((file) => existsSync(file)),
  ];
  for (const path of needed) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      throw new StoreRefused(`The store ${databaseFile} cannot be written: ${path} ${whyNot(error)}.`, {
        cause: error,
      });
    }
  }
}

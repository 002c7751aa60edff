/**
 * Opens connections to the SQLite file.
 * Pages read through Prisma's client on a read-only connection. All writes use one prepared-statement connection, in
 * transactions that take the write lock at once (BEGIN IMMEDIATE).
 */
import { existsSync } from 'node:fs';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Sqlite, { type Database } from 'better-sqlite3';
import { PrismaClient } from '#store/generated/client.ts';
import { storeFilesOf } from './file/store-files.ts';

/** Applies to commands, which own their process, and while a connection opens. */
const busyTimeoutMs = 10_000;

export function openForWriting(file: string): Database {
  const database = new Sqlite(file, { timeout: busyTimeoutMs });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  database.pragma('cache_size = -131072');
  database.pragma('wal_autocheckpoint = 16384');
  database.pragma('temp_store = MEMORY');
  return database;
}

/**
 * Opens the connection for subscribers, tokens and the delivery queue. A commit is on the disk when it returns, and
 * SQLite overwrites deleted rows with zeros.
 */
export function openForDurableWriting(file: string): Database {
  const database = openForWriting(file);
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('cache_size = -16384');
  return database;
}

export function openReadOnly(file: string): Database {
  const database = new Sqlite(file, { timeout: busyTimeoutMs, readonly: true });
  // The operating system caches the file's pages too, so a large page cache here saves nothing.
  database.pragma('cache_size = -8192');
  return database;
}

/**
 * Opens any file without writing to it.
 * Without a write-ahead log, a writable connection removes on close the files that SQLite created. With a log, such a
 * connection could run a checkpoint, so this one is read-only.
 */
export function openUntouched(file: string): Database {
  const database = new Sqlite(file, {
    timeout: busyTimeoutMs,
    fileMustExist: true,
    readonly: existsSync(storeFilesOf(file).wal),
  });
  database.pragma('query_only = ON');
  return database;
}

/** Makes statements fail at once with SQLITE_BUSY. `retryWhileLocked` retries them. */
export function stopWaitingForLocks(database: Database): void {
  database.pragma('busy_timeout = 0');
}

/** Opens Prisma's client read-only. It fails at once when the database is locked. */
export function openPrisma(file: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}`, readonly: true, timeout: 0 }) });
}

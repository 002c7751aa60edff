/**
 * Connections to the SQLite file. Pages read through Prisma's client on a read-only connection; whatever writes does so on
 * one prepared-statement connection, in transactions that take the write lock at once (BEGIN IMMEDIATE).
 */
import { existsSync } from 'node:fs';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Sqlite, { type Database } from 'better-sqlite3';
import { PrismaClient } from '#store/generated/client.ts';
import { storeFilesOf } from './file/store-files.ts';

/** For commands, which own their process, and while a connection is opened. */
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

/** For what must be on the disk before anything else happens, and is gone when it is deleted: subscribers, tokens, which mail is being sent. */
export function openForDurableWriting(file: string): Database {
  const database = openForWriting(file);
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('cache_size = -16384');
  return database;
}

export function openReadOnly(file: string): Database {
  const database = new Sqlite(file, { timeout: busyTimeoutMs, readonly: true });
  // The system keeps the file's pages too: a large copy of them here makes nothing quicker.
  database.pragma('cache_size = -8192');
  return database;
}

/**
 * For a look at a file that may be anything; writes nothing to it. Without a log the close removes what SQLite put beside the file; with one
 * a connection that may write would move the log into the file.
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

/** From now on what meets another program's lock fails at once: see `patientPort`, which tries it again. */
export function stopWaitingForLocks(database: Database): void {
  database.pragma('busy_timeout = 0');
}

/** Prisma's client for reading; it never writes, and fails at once at a lock. */
export function openPrisma(file: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}`, readonly: true, timeout: 0 }) });
}

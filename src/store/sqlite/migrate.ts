/** Applies `prisma/migrations` to a SQLite file and records them in the same table as `prisma migrate deploy`. */
import { randomUUID } from 'node:crypto';
import Sqlite, { type Database } from 'better-sqlite3';
import { openForWriting, openUntouched } from './database.ts';
import { checkSchema, isChecksumOf, type Migration, pendingOf, readMigrations } from './file/check-schema.ts';
import { createStoreFile } from './file/create-store-file.ts';
import { readIdFile } from './file/id-file.ts';
import { checkWritable, inspectStoreFile } from './file/inspect-store.ts';
import { markCheckpoint } from './file/mark-checkpoint.ts';
import { explainStoreError, StoreRefused } from './file/store-errors.ts';
import { sizeOf, storeFilesOf } from './file/store-files.ts';

const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

/**
 * Creates the store or applies the pending migrations. Returns the names of those applied now, oldest first.
 * Throws `StoreRefused` before it writes anything if this program must not use the store.
 */
export function migrate(databaseFile: string, migrationsDir: string): string[] {
  const migrations = readMigrations(migrationsDir);
  if (inspectStoreFile(databaseFile) === 'absent') {
    const isOurs = createStoreFile(databaseFile, (database) => {
      applyAll(database, migrations);
      database.exec('UPDATE Store SET toBeSeeded = true');
    });
    if (isOurs) {
      noteStart(databaseFile, migrations);
      return migrations.map(({ name }) => name);
    }
  }
  checkWritable(databaseFile);
  checkStore(databaseFile, migrationsDir);
  return noteStart(databaseFile, migrations);
}

/**
 * Returns the names of the pending migrations. Writes nothing.
 * Throws `StoreRefused` if this program must not use the store. The message calls the store `name`.
 */
export function checkStore(databaseFile: string, migrationsDir: string, name = databaseFile): string[] {
  const migrations = readMigrations(migrationsDir);
  try {
    const database = openUntouched(databaseFile);
    try {
      checkSchema(database, name, migrations);
      return pendingOf(database, migrations);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof StoreRefused) throw error;
    throw new StoreRefused(explainStoreError(error, name) ?? String(error), { cause: error });
  }
}

/** Migrates the store and records a checkpoint and whether the last server closed the store. */
function noteStart(databaseFile: string, migrations: readonly Migration[]): string[] {
  const files = storeFilesOf(databaseFile);
  const isClosed = sizeOf(files.wal) === 0 && (readIdFile(files.id)?.closed ?? true);
  const database = openForWriting(databaseFile);
  try {
    const applied = applyAll(database, migrations);
    markCheckpoint(database, files, isClosed);
    return applied;
  } finally {
    database.close();
  }
}

function applyAll(database: Database, migrations: readonly Migration[]): string[] {
  database.exec(table);
  return migrations.filter((migration) => apply(database, migration)).map(({ name }) => name);
}

/**
 * Returns whether the migration was pending. If two processes migrate, the second one to get the write lock finds it
 * applied.
 */
function apply(database: Database, migration: Migration): boolean {
  return database
    .transaction(() => {
      const known = database
        .prepare<[string], { checksum: string }>(
          'SELECT checksum FROM _prisma_migrations WHERE migration_name = ? AND rolled_back_at IS NULL AND finished_at IS NOT NULL',
        )
        .get(migration.name);
      if (known && !isChecksumOf(migration, known.checksum))
        throw new Error(`the migration ${migration.name} was changed after it was applied to this store`);
      if (known) return false;
      run(database, migration);
      database
        .prepare(
          'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
        )
        .run(randomUUID(), migration.checksum, migration.name, Date.now(), Date.now());
      return true;
    })
    .immediate();
}

/** Runs a migration. SQL fails only if another program changed the schema. */
function run(database: Database, { name, sql }: Migration): void {
  try {
    database.exec(sql);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError && error.code === 'SQLITE_ERROR')) throw error;
    throw new StoreRefused(
      `The store ${database.name} was changed by another hand: the migration ${name} does not fit it (${error.message}). To go on, put a copy of the store back; docs/store.md.`,
      { cause: error },
    );
  }
}

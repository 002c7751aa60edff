/** Checks that the store belongs to this program, that no applied migration was changed, and that it is not newer. */
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { refusalOf } from './store-errors.ts';

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** Oldest first. */
export function readMigrations(migrationsDir: string): Migration[] {
  return readdirSync(migrationsDir)
    .filter((name) => existsSync(join(migrationsDir, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: hash('sha256', sql) };
    });
}

/** Checksums of earlier versions of a migration. Later migrations add what those versions lacked. */
const formerChecksums: Readonly<Record<string, readonly string[]>> = {
  '20261125000000_names': ['b18ec6b9e748ebb8af2ab2f793ca5665e198243bd705033f2896194c4fcd0b3b'],
};

export function isChecksumOf({ name, checksum }: Migration, applied: string): boolean {
  return applied === checksum || (formerChecksums[name] ?? []).includes(applied);
}

type Applied = { readonly name: string; readonly checksum: string; readonly isFinished: number };

/** Returns the names of the migrations that were not applied yet, oldest first. */
export function pendingOf(database: Database, migrations: readonly Migration[]): string[] {
  const isApplied = database
    .prepare(
      'SELECT 1 FROM _prisma_migrations WHERE migration_name = ? AND rolled_back_at IS NULL AND finished_at IS NOT NULL',
    )
    .pluck();
  return migrations.map(({ name }) => name).filter((name) => isApplied.get(name) === undefined);
}

/** Throws `StoreRefused`. Only reads. */
export function checkSchema(database: Database, databaseFile: string, migrations: readonly Migration[]): void {
  const has = (table: string) =>
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined;
  const foreign = () => refusalOf(databaseFile, 'is a database of another program', 'set DATABASE_URL to another path');
  if (!has('_prisma_migrations')) throw foreign();
  const applied = database
    .prepare<[], Applied>(
      'SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS isFinished FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
    .all();
  const changed = migrations.find((migration) =>
    applied.some(
      ({ name, checksum, isFinished }) => isFinished && name === migration.name && !isChecksumOf(migration, checksum),
    ),
  );
  if (changed) {
    const wayOut = 'use the version of Paper Digest that made it, or put the migration’s file back as it was';
    throw refusalOf(databaseFile, `was made with another form of the migration ${changed.name}`, wayOut);
  }
  if (!has('Store')) {
    // A process of an earlier version may have been killed before its first migration finished.
    if (applied.length > 0) throw foreign();
    return;
  }
  const row = database.prepare<[], StoreRow>('SELECT * FROM Store WHERE id = 1').get();
  if (!row)
    throw refusalOf(
      databaseFile,
      'has lost the row that names it, in the table Store',
      'put a copy of the store back; see docs/store.md',
    );
  const newer = newerThan(row, applied, migrations);
  if (newer === null) return;
  const wayOut = 'install that version, or put a copy of the store from before it back';
  throw refusalOf(databaseFile, `was made by a newer version of Paper Digest (${newer})`, wayOut);
}

/**
 * `readableFrom` is the newest migration that a program must know. If null, a program must know every applied
 * migration.
 */
type StoreRow = { readonly readableFrom?: string | null };

function newerThan(
  { readableFrom }: StoreRow,
  applied: readonly Applied[],
  migrations: readonly Migration[],
): string | null {
  if (readableFrom) return readableFrom > (migrations.at(-1)?.name ?? '') ? readableFrom : null;
  return applied.find(({ name }) => !migrations.some((migration) => migration.name === name))?.name ?? null;
}

/** Applies `prisma/migrations` to a SQLite file and records them as `prisma migrate deploy` does, so that both agree. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openWritable } from './database.ts';

const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

/** Names of the migrations that were applied now, oldest first. Each is one transaction: a failed or killed one leaves nothing behind. */
export function migrate(databaseFile: string, migrationsDir: string): string[] {
  mkdirSync(dirname(databaseFile), { recursive: true });
  const database = openWritable(databaseFile);
  try {
    database.exec(table);
    return migrationNames(migrationsDir).filter((name) =>
      apply(database, name, readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8')),
    );
  } finally {
    database.close();
  }
}

function migrationNames(migrationsDir: string): string[] {
  return readdirSync(migrationsDir)
    .filter((name) => existsSync(join(migrationsDir, name, 'migration.sql')))
    .sort();
}

/** Whether the migration was new. Another process may be migrating too: whoever gets the write lock second finds it done. */
function apply(database: Database, name: string, sql: string): boolean {
  const checksum = createHash('sha256').update(sql).digest('hex');
  return database
    .transaction(() => {
      const known = database
        .prepare<[string], { checksum: string }>(
          'SELECT checksum FROM _prisma_migrations WHERE migration_name = ? AND rolled_back_at IS NULL AND finished_at IS NOT NULL',
        )
        .get(name);
      if (known && known.checksum !== checksum) throw new Error(`the migration ${name} was changed after it was applied to this store`);
      if (known) return false;
      database.exec(sql);
      database
        .prepare(
          'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
        )
        .run(randomUUID(), checksum, name, Date.now(), Date.now());
      return true;
    })
    .immediate();
}

/** A migrated database file of its own for one test, removed afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';

export const migrationsDir = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');

export function aTempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function aTempStore() {
  const file = join(aTempFolder(), 'digest.db');
  migrate(file, migrationsDir);
  const database = openForWriting(file);
  onTestFinished(() => {
    database.close();
  });
  return { file, database, writer: createRecordWriter(database) };
}

/** The migration that drops the full-text index: old stores, old programs, and reuse of the freed pages. */
import { cpSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { checkHealth } from '#store/sqlite/health.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';
import { aNumberedRecord } from '#tests/numbered-records.ts';
import { eventsOf } from '#tests/records.ts';
import { aTempFolder, migrationsDir } from '#tests/temp-store.ts';

const name = '20261129040000_one_search';

/** Creates a store of the previous version, with texts in its full-text index. */
function anOlderStore() {
  const folder = aTempFolder();
  const olderMigrations = join(folder, 'migrations');
  cpSync(migrationsDir, olderMigrations, {
    recursive: true,
    filter: (path) => basename(path) < name || !/^\d{14}_/.test(basename(path)),
  });
  const file = join(folder, 'digest.db');
  migrate(file, olderMigrations);
  const database = openForWriting(file);
  const insert = database.prepare(
    'INSERT INTO paper_fts (rowid, title, abstract, authors, tags, organization) VALUES (?, ?, ?, ?, ?, ?)',
  );
  database.transaction(() => {
    for (let key = 1; key <= 3_000; key++)
      insert.run(key, `title ${key}`, `abstract ${'word '.repeat(key % 50)}${key}`, `author ${key}`, 'tag', '');
  })();
  database.close();
  return { file, olderMigrations };
}

test('the migration drops the full-text table and its shadow tables once', () => {
  const { file } = anOlderStore();
  expect(migrate(file, migrationsDir)).toContain(name);
  expect(migrate(file, migrationsDir)).toEqual([]);
  const database = openForWriting(file);
  expect(database.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE '%fts%' OR type = 'trigger'`).all()).toEqual(
    [],
  );
  database.close();
  expect(checkHealth(file, migrationsDir).filter(({ name: check, passed }) => check !== 'disk' && !passed)).toEqual([]);
});

test('older programs reject the store and name the migration', () => {
  const { file, olderMigrations } = anOlderStore();
  const database = openForWriting(file);
  database.exec(`UPDATE Store SET readableFrom = '20261129000000_store_identity'`);
  database.close();
  migrate(file, migrationsDir);
  expect(() => migrate(file, olderMigrations)).toThrow(new RegExp(`newer version of Paper Digest \\(${name}\\)`));
});

test('the file keeps its size and new rows reuse the freed pages', async () => {
  const { file } = anOlderStore();
  const before = statSync(file).size;
  migrate(file, migrationsDir);
  const database = openForWriting(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const free = () => Number(database.pragma('freelist_count', { simple: true }));
  const freed = free();
  expect(freed).toBeGreaterThan(40);
  await ingestPapers(eventsOf(Array.from({ length: 20 }, (_, n) => aNumberedRecord(n))), {
    writer: createRecordWriter(database),
  });
  database.pragma('wal_checkpoint(TRUNCATE)');
  expect(free()).toBeLessThan(freed);
  expect(statSync(file).size).toBe(before);
  expect(createSearchDocuments(database).count()).toBe(20);
  database.close();
});

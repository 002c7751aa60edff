/** Prepares and inspects the store before anything else runs: migrations, summary, health. */
import { dirname, join } from 'node:path';
import { needsHealing } from '#ingest/dates/heal-dates.ts';
import { createIndexFolder } from '#search/index/index-folder.ts';
import { checkIndex } from '#search/index/saved-index.ts';
import { openForWriting, openReadOnly, openUntouched } from '#store/sqlite/database.ts';
import { restrictModes } from '#store/sqlite/file/file-modes.ts';
import { inspectStoreFile } from '#store/sqlite/file/inspect-store.ts';
import { type ReadableFile, toReadableFile } from '#store/sqlite/file/readable-copy.ts';
import { explainStoreError, StoreRefused } from '#store/sqlite/file/store-errors.ts';
import { storeFilesOf } from '#store/sqlite/file/store-files.ts';
import { checkHealth, type HealthCheck, type HealthReport } from '#store/sqlite/health.ts';
import { checkStore, migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';

const migrationsOf = (projectFolder: string) => join(projectFolder, 'prisma', 'migrations');

/** Migrates the store. Returns the names of the applied migrations. Throws a `StoreRefused`. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  const applied = migrate(databaseFile, migrationsOf(projectFolder));
  for (const warning of restrictModes(databaseFile, [join(dirname(databaseFile), 'outbox')])) console.error(warning);
  return applied;
}

/** Opens the store for a command that only reads. Migrates an older store first. Throws a `StoreRefused`. */
export function openForReading(databaseFile: string, projectFolder: string): ReadableFile {
  if (inspectStoreFile(databaseFile) === 'absent')
    throw new StoreRefused(`There is no store ${databaseFile} yet; npm start makes it, and so does npm run ingest.`);
  const readable = toReadableFile(databaseFile);
  try {
    const pending = checkStore(readable.file, migrationsOf(projectFolder), databaseFile);
    if (pending.length > 0) prepareStore(databaseFile, projectFolder);
    // SQLite removes the -wal and -shm files when the last connection closes, so this one closes last.
    const keepOpen = openUntouched(readable.file);
    keepOpen.prepare('SELECT 1 FROM Store').get();
    const remove = () => {
      keepOpen.close();
      readable.remove();
    };
    return { file: readable.file, remove };
  } catch (error) {
    readable.remove();
    throw error;
  }
}

export type StoreState = {
  readonly papers: number;
  /** Version of the topics that the papers are tagged with. */
  readonly topicsVersion: string;
  /** Whether some papers have impossible dates. */
  readonly needsHealing: boolean;
  /** Whether the store is still to be filled from `seeds/`. */
  readonly isToBeSeeded: boolean;
};

export function readStoreSummary(databaseFile: string): StoreState {
  const database = openReadOnly(databaseFile);
  try {
    const writer = createRecordWriter(database);
    return {
      papers: createSearchDocuments(database).count(),
      topicsVersion: writer.topicsVersion(),
      needsHealing: needsHealing(writer),
      isToBeSeeded: database.prepare('SELECT toBeSeeded FROM Store').pluck().get() === 1,
    };
  } finally {
    database.close();
  }
}

/** Records that the store must not be filled from `seeds/`. */
export function endSeeding(databaseFile: string): void {
  const database = openForWriting(databaseFile);
  try {
    database.exec('UPDATE Store SET toBeSeeded = false WHERE toBeSeeded');
  } finally {
    database.close();
  }
}

export async function diagnose(databaseFile: string, projectFolder: string): Promise<HealthReport> {
  const checks = checkHealth(databaseFile, migrationsOf(projectFolder));
  return [...checks, await diagnoseIndex(databaseFile)];
}

async function diagnoseIndex(databaseFile: string): Promise<HealthCheck> {
  const name = 'search index';
  const files = createIndexFolder(storeFilesOf(databaseFile).index);
  // A server may replace the files during the check, so check the new ones.
  let found = await checkIndex(files);
  if (found?.isDamaged) found = await checkIndex(files);
  if (found === null) return { name, passed: true, detail: 'saved and whole' };
  return { name, passed: !found.isDamaged, detail: `${found.reason}; the next start builds it` };
}

/** Returns a message for the terminal. */
export const explainError = (error: unknown, databaseFile: string): string =>
  explainStoreError(error, databaseFile) ?? (error instanceof Error ? error.message : String(error));

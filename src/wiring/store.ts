/** The store before anything else runs: its tables, whether it is empty, whether it is whole. */
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

/** Brings the store's tables up to date; answers the names of the migrations applied now. Throws a `StoreRefused`. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  const applied = migrate(databaseFile, migrationsOf(projectFolder));
  for (const warning of restrictModes(databaseFile, [join(dirname(databaseFile), 'outbox')])) console.error(warning);
  return applied;
}

/** The store for a command that only reads. One of an older version is brought up to date first. Throws a `StoreRefused`. */
export function openForReading(databaseFile: string, projectFolder: string): ReadableFile {
  if (inspectStoreFile(databaseFile) === 'absent')
    throw new StoreRefused(`There is no store ${databaseFile} yet; npm start makes it, and so does npm run ingest.`);
  const readable = toReadableFile(databaseFile);
  try {
    const pending = checkStore(readable.file, migrationsOf(projectFolder), databaseFile);
    if (pending.length > 0) prepareStore(databaseFile, projectFolder);
    // Closed last, it takes away the files that SQLite needs for reading.
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
  /** The topic vocabulary that the papers were tagged with. */
  readonly topicsVersion: string;
  /** Whether some papers have dates that no paper can have. */
  readonly needsHealing: boolean;
  /** Whether `seeds/` are still to be read into it. */
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

/** From now on the store is not filled from `seeds/` any more. */
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
  // A server that saves meanwhile replaces files: the second look is at the new ones.
  let found = await checkIndex(files);
  if (found?.isDamaged) found = await checkIndex(files);
  if (found === null) return { name, passed: true, detail: 'saved and whole' };
  return { name, passed: !found.isDamaged, detail: `${found.reason}; the next start builds it` };
}

/** One sentence for the person at the terminal. */
export const explainError = (error: unknown, databaseFile: string): string =>
  explainStoreError(error, databaseFile) ?? (error instanceof Error ? error.message : String(error));

/** The store before anything else runs: its tables, whether it is empty, whether it is whole. */
import { join } from 'node:path';
import { openReadable, openWritable } from '#store/database';
import { checkHealth, type HealthReport } from '#store/health';
import { migrate } from '#store/migrate';
import { createRecordWriter } from '#store/record-writer';
import { createSearchDocuments } from '#store/search-documents';

/** Brings the store's tables up to date; answers the names of the migrations applied now. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  return migrate(databaseFile, join(projectFolder, 'prisma', 'migrations'));
}

/** How many papers there are, and the topic vocabulary they were tagged with. */
export function lookAtStore(databaseFile: string): { readonly papers: number; readonly topicsVersion: string } {
  const database = openReadable(databaseFile);
  try {
    return { papers: createSearchDocuments(database).count(), topicsVersion: createRecordWriter(database).topicsVersion() };
  } finally {
    database.close();
  }
}

export function diagnose(databaseFile: string): HealthReport {
  const database = openWritable(databaseFile);
  try {
    return checkHealth(database, databaseFile);
  } finally {
    database.close();
  }
}

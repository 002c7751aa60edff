/** The store before anything else runs: its tables, whether it is empty, whether it is whole. */
import { join } from 'node:path';
import { needsHealing } from '#ingest/heal-dates';
import { openReadable, openWritable } from '#store/database';
import { checkHealth, type HealthReport } from '#store/health';
import { migrate } from '#store/migrate';
import { isLocked } from '#store/patient-port';
import { createRecordWriter } from '#store/record-writer';
import { createSearchDocuments } from '#store/search-documents';

/** Brings the store's tables up to date; answers the names of the migrations applied now. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  try {
    return migrate(databaseFile, join(projectFolder, 'prisma', 'migrations'));
  } catch (error) {
    if (!isLocked(error)) throw error;
    throw new Error(
      `The store ${databaseFile} is locked by another program. End that program, or wait until it lets the store go, and try again.`,
      { cause: error },
    );
  }
}

export type StoreState = { readonly papers: number; readonly topicsVersion: string; readonly needsHealing: boolean };

/** How many papers there are, the topic vocabulary they were tagged with, and whether some have dates that no paper can have. */
export function lookAtStore(databaseFile: string): StoreState {
  const database = openReadable(databaseFile);
  try {
    const writer = createRecordWriter(database);
    return { papers: createSearchDocuments(database).count(), topicsVersion: writer.topicsVersion(), needsHealing: needsHealing(writer) };
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

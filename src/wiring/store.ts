/** The store before anything else runs: its tables, whether it is empty, whether it is whole. */
import { join } from 'node:path';
import { openReadable, openWritable } from '#store/database';
import { checkHealth, type HealthReport } from '#store/health';
import { migrate } from '#store/migrate';
import { createSearchDocuments } from '#store/search-documents';

/** Brings the store's tables up to date; answers the names of the migrations applied now. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  return migrate(databaseFile, join(projectFolder, 'prisma', 'migrations'));
}

export function countPapers(databaseFile: string): number {
  const database = openReadable(databaseFile);
  try {
    return createSearchDocuments(database).count();
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

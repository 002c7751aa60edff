/** The only file where ports meet their implementations. */
import { join } from 'node:path';
import type { PaperReader, PaperSearch, RecordWriter, RunLog } from '#core/ports';
import { openPrisma, openReadable, openWritable } from '#store/database';
import { checkHealth, type HealthReport } from '#store/health';
import { migrate } from '#store/migrate';
import { createPaperReader } from '#store/paper-reader';
import { createRecordWriter } from '#store/record-writer';
import { createRunLog } from '#store/run-log';
import { createSqlSearch } from '#store/sql-search';

/** What a process that ingests needs. */
export type Ingest = { readonly writer: RecordWriter; readonly runs: RunLog; close(): void };

/** What a process that answers readers needs. */
export type Library = { readonly reader: PaperReader; readonly search: PaperSearch; close(): Promise<void> };

/** Brings the store's tables up to date; answers the names of the migrations applied now. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  return migrate(databaseFile, join(projectFolder, 'prisma', 'migrations'));
}

export function openIngest(databaseFile: string): Ingest {
  const database = openWritable(databaseFile);
  return {
    writer: createRecordWriter(database),
    runs: createRunLog(database),
    close: () => {
      database.close();
    },
  };
}

export function openLibrary(databaseFile: string): Library {
  const prisma = openPrisma(databaseFile);
  const database = openReadable(databaseFile);
  return {
    reader: createPaperReader(prisma),
    search: createSqlSearch(database),
    async close() {
      await prisma.$disconnect();
      database.close();
    },
  };
}

export function diagnose(databaseFile: string): HealthReport {
  const database = openWritable(databaseFile);
  try {
    return checkHealth(database, databaseFile);
  } finally {
    database.close();
  }
}

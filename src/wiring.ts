/** The only file where ports meet their implementations. */
import { join } from 'node:path';
import type { RecordWriter, RunLog } from '#core/ports';
import { topics } from '#ingest/topics/index';
import { env } from '#platform/env';
import { onStop } from '#platform/stop';
import type { Library } from '#serve/library';
import { createSite, type Site } from '#serve/site';
import { openPrisma, openReadable, openWritable } from '#store/database';
import { checkHealth, type HealthReport } from '#store/health';
import { migrate } from '#store/migrate';
import { createPaperReader } from '#store/paper-reader';
import { createRecordWriter } from '#store/record-writer';
import { createRunLog } from '#store/run-log';
import { createSqlSearch } from '#store/sql-search';

export { answerStatus } from '#platform/page-status';

/** What a process that ingests needs. */
export type Ingest = { readonly writer: RecordWriter; readonly runs: RunLog; close(): void };

/** What a process that answers readers needs. */
export type OpenLibrary = Library & { close(): Promise<void> };

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

export function openLibrary(databaseFile: string, siteUrl: string): OpenLibrary {
  const prisma = openPrisma(databaseFile);
  const database = openReadable(databaseFile);
  return {
    reader: createPaperReader(prisma),
    search: createSqlSearch(database),
    aids: { corrections: async () => [], related: async () => [] },
    topicParents: new Map(topics.flatMap(({ slug, parent }) => (parent ? [[slug, parent]] : []))),
    siteUrl,
    async close() {
      await prisma.$disconnect();
      database.close();
    },
  };
}

/** The site of this process's settings; closes with the server. */
export function openSite(): Site {
  const { databaseFile, siteUrl } = env();
  const library = openLibrary(databaseFile, siteUrl);
  onStop(() => library.close());
  return createSite(library, formats);
}

/** Where every list can be had beside its page. */
const formats = [{ label: 'JSON', path: '/api/v1/papers' }];

export function diagnose(databaseFile: string): HealthReport {
  const database = openWritable(databaseFile);
  try {
    return checkHealth(database, databaseFile);
  } finally {
    database.close();
  }
}

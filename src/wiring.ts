/** The only file where ports meet their implementations. */
import { join } from 'node:path';
import { toSourceStatus } from '#ingest/scheduled-jobs';
import { topics } from '#ingest/topics/index';
import { isoNow } from '#platform/clock';
import { env } from '#platform/env';
import { onStop } from '#platform/stop';
import type { Library, StoreStatus } from '#serve/library';
import { formats } from '#serve/render/formats/index';
import { createSite, type Site } from '#serve/site';
import { feedPath } from '#serve/view/paths';
import { openPrisma, openReadable, openWritable } from '#store/database';
import { checkHealth, type HealthReport } from '#store/health';
import { migrate } from '#store/migrate';
import { createPaperReader } from '#store/paper-reader';
import { createSearchDocuments } from '#store/search-documents';
import { createSqlSearch } from '#store/sql-search';
import { createStatusReader } from '#store/status-reader';

export { answerStatus } from '#platform/page-status';

/** What a process that answers readers needs. */
export type OpenLibrary = Library & { close(): Promise<void> };

/** Brings the store's tables up to date; answers the names of the migrations applied now. */
export function prepareStore(databaseFile: string, projectFolder: string): string[] {
  return migrate(databaseFile, join(projectFolder, 'prisma', 'migrations'));
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
    status: () => readStatus(createStatusReader(prisma)),
    async close() {
      await prisma.$disconnect();
      database.close();
    },
  };
}

/** Each source that is asked by itself, with what the calendar makes of its health; and the sources asked by hand. */
async function readStatus(reader: ReturnType<typeof createStatusReader>): Promise<StoreStatus> {
  const [healths, runs, emptyDays] = await Promise.all([reader.healths(), reader.runs(), reader.emptyDays()]);
  const names = [...new Set([...env().sources, ...healths.keys()])];
  return { sources: names.map((name) => toSourceStatus(name, healths.get(name) ?? null, isoNow())), runs, emptyDays };
}

/** The site of this process's settings; closes with the server. */
export function openSite(): Site {
  const { databaseFile, siteUrl } = env();
  const library = openLibrary(databaseFile, siteUrl);
  onStop(() => library.close());
  return createSite(library, formatLinks);
}

/** Where every list can be had beside its page. */
const formatLinks = [
  ...formats.map(({ label, extension }) => ({ label, path: feedPath(extension) })),
  { label: 'JSON', path: '/api/v1/papers' },
];

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

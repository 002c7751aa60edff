/** The read flow over a database file of a test, as a serving process has it while its search index is not ready, but for completions. */
import { onTestFinished } from 'vitest';
import type { Library } from '#serve/library';
import { complete } from '#serve/search/completion';
import { SearchIndex } from '#serve/search/search-index';
import { openPrisma, openReadable } from '#store/database';
import { createPaperReader } from '#store/paper-reader';
import { createSearchDocuments } from '#store/search-documents';
import { createSqlSearch } from '#store/sql-search';

export const siteUrl = 'https://digest.example';

export function aLibrary(databaseFile: string): Library {
  const prisma = openPrisma(databaseFile);
  const database = openReadable(databaseFile);
  onTestFinished(async () => {
    await prisma.$disconnect();
    database.close();
  });
  return {
    reader: createPaperReader(prisma, database),
    search: createSqlSearch(database),
    aids: {
      corrections: async () => [],
      complete: async (request) => complete(indexOf(database).segments, request),
      related: async () => [],
    },
    topicParents: new Map(),
    sources: async () => [],
    status: async () => ({ sources: [], runs: [], emptyDays: [] }),
    siteUrl,
    build: 'test',
  };
}

function indexOf(database: ReturnType<typeof openReadable>): SearchIndex {
  const documents = createSearchDocuments(database);
  const index = new SearchIndex(documents);
  index.update(documents.changedSince(0), { removed: [], revision: documents.revision() });
  return index;
}

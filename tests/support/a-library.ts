/** The read ports over a test's database file, as in the server: pages use Prisma, and searches use the engine. */
import { onTestFinished } from 'vitest';
import type { Library } from '#read/library.ts';
import { openPrisma, openReadOnly } from '#store/sqlite/database.ts';
import { createPaperReader } from '#store/sqlite/papers/paper-reader.ts';
import { aSearchEngine } from './search-engine.ts';

export const siteUrl = 'https://digest.example';

export function aLibrary(databaseFile: string): Library {
  const prisma = openPrisma(databaseFile);
  const database = openReadOnly(databaseFile);
  onTestFinished(async () => {
    await prisma.$disconnect();
    database.close();
  });
  const engine = aSearchEngine(database);
  return {
    reader: createPaperReader(prisma, database),
    ...engine,
    searchSoFar: engine.search,
    topicParents: new Map(),
    sources: async () => [],
    status: async () => ({ sources: [], runs: [], emptyDays: [] }),
    siteUrl,
    build: 'test',
  };
}

/** The read flow over a database file of a test, as a serving process has it: pages read through Prisma, searches ask the engine. */
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

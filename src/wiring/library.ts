/** What a process that answers readers is made of: the read-only connections, the search worker, the site. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Day } from '#core/day';
import { explainEmptyDays, toSourceStatus } from '#ingest/source-status';
import { topics } from '#ingest/topics/index';
import { isoNow } from '#platform/clock';
import { env } from '#platform/env';
import { onStop } from '#platform/stop';
import type { Library, StoreStatus } from '#serve/library';
import { formats } from '#serve/render/formats/index';
import { createSearchClient } from '#serve/search/search-client';
import { createSite, type Site } from '#serve/site';
import { feedPath } from '#serve/view/paths';
import { openPrisma, openReadable } from '#store/database';
import { createPaperReader } from '#store/paper-reader';
import { createSqlSearch } from '#store/sql-search';
import { createStatusReader } from '#store/status-reader';
import { createServerLog } from './log.ts';

export { answerStatus, varyOn } from '#platform/page-status';

export type OpenLibrary = Library & { close(): Promise<void> };

/** Without the in-memory index: for commands, which end before it would be loaded. */
export function openLibrary(databaseFile: string, siteUrl: string): OpenLibrary {
  const prisma = openPrisma(databaseFile);
  const database = openReadable(databaseFile);
  const status = createStatusReader(prisma);
  return {
    reader: createPaperReader(prisma),
    search: createSqlSearch(database),
    aids: { corrections: async () => [], complete: async () => [], related: async () => [] },
    topicParents: new Map(topics.flatMap(({ slug, parent }) => (parent ? [[slug, parent]] : []))),
    siteUrl,
    status: () => readStatus(status),
    async close() {
      await prisma.$disconnect();
      database.close();
    },
  };
}

/** The library with its index in a worker thread of its own; SQL answers until that is ready. */
function openIndexedLibrary(databaseFile: string, siteUrl: string): OpenLibrary {
  const library = openLibrary(databaseFile, siteUrl);
  const log = createServerLog();
  const client = createSearchClient({
    fallback: library.search,
    startWorker: () => startSearchWorker({ databaseFile, indexFolder: `${databaseFile}.index` }),
    onProblem: (message) => log.warn(message),
  });
  return {
    ...library,
    search: client.search,
    aids: client.aids,
    async close() {
      await client.close();
      await library.close();
    },
  };
}

function startSearchWorker(workerData: { readonly databaseFile: string; readonly indexFolder: string }): Worker {
  // Not `new Worker(…)`: the site's bundler would take that for a module of the site. The file is made by the build.
  return Reflect.construct(Worker, [join(process.cwd(), 'dist', 'search-worker.mjs'), { workerData }]);
}

/** Each source that is asked by itself, and each that was asked by hand, with what the calendar makes of its health. */
async function readStatus(reader: ReturnType<typeof createStatusReader>): Promise<StoreStatus> {
  const [healths, runs, askedDays] = await Promise.all([reader.healths(), reader.runs(), reader.askedDays()]);
  const { sources, ingestEveryMs } = env();
  const names = [...new Set([...sources, ...healths.keys()])];
  return {
    sources: names.map((name) => {
      const everyMs = sources.includes(name) ? ingestEveryMs : null;
      return toSourceStatus(name, healths.get(name) ?? null, { now: isoNow(), everyMs });
    }),
    runs,
    emptyDays: explainEmptyDays(askedDays, sources, today()),
  };
}

/** The day it is now, in UTC. */
export const today = (): Day => isoNow().slice(0, 10) as Day;

/** Where whoever runs this instance is reached, as an address: their mail, else the site itself. */
export function contactUrl(): string {
  const { mailFrom, siteUrl } = env();
  const address = /[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0] ?? '';
  return address.endsWith('@localhost') ? `${siteUrl}/` : `mailto:${address}`;
}

// One per process: Next bundles pages, route handlers and the start hook apart.
const key: unique symbol = Symbol.for('paper-digest.site');
type Shared = typeof globalThis & { [key]?: { readonly site: Site; readonly library: Library } };

/** The site of this process's settings; closes with the server. */
export function openSite(): Site {
  return openShared().site;
}

/** What the site reads from, for what else this process does with papers. */
export function openServerLibrary(): Library {
  return openShared().library;
}

function openShared() {
  const shared = globalThis as Shared;
  if (!shared[key]) {
    const { databaseFile, siteUrl } = env();
    const library = openIndexedLibrary(databaseFile, siteUrl);
    onStop(() => library.close());
    shared[key] = { site: createSite(library, formatLinks), library };
  }
  return shared[key];
}

/** Where every list can be had beside its page. */
const formatLinks = [
  ...formats.map(({ label, extension, kind }) => ({ label, path: feedPath(extension), isFeed: kind === 'feed' })),
  { label: 'JSON', path: '/api/v1/papers' },
  { label: 'E-mail', path: '/subscribe' },
];

/** Wires the site: the read-only database connections, the search worker and the read ports. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '#core/day.ts';
import type { SourceHealth } from '#core/ports/fetching.ts';
import type { PaperSearch } from '#core/ports/papers.ts';
import { processSingleton } from '#core/process-singleton.ts';
import { formats } from '#formats/index.ts';
import { noteRevision } from '#http/routes/request-context.ts';
import { explainEmptyDays, toSourceStatus } from '#ingest/schedule/source-status.ts';
import { topics } from '#ingest/topics/index.ts';
import { isoNow } from '#platform/clock.ts';
import { readiness } from '#platform/readiness.ts';
import { readSettings } from '#platform/settings.ts';
import { onStop } from '#platform/stop.ts';
import type { Library, StoreStatus } from '#read/library.ts';
import { memoizeByRevision } from '#read/memoize-by-revision.ts';
import { createSite, type Site } from '#read/site.ts';
import { createSearchClient, type SearchClient } from '#search/worker/search-client.ts';
import { openPrisma, openReadOnly, stopWaitingForLocks } from '#store/sqlite/database.ts';
import { storeFilesOf } from '#store/sqlite/file/store-files.ts';
import { createStatusReader } from '#store/sqlite/ingest/status-reader.ts';
import { createPaperReader } from '#store/sqlite/papers/paper-reader.ts';
import { retryingPort } from '#store/sqlite/retry-while-locked.ts';
import { openRevision } from '#store/sqlite/revision.ts';
import { feedPath } from '#view/paths.ts';
import { createServerLog } from './log.ts';
import { startSearchWorker } from './search-thread.ts';
import { guardStore } from './store-watch.ts';

export { setStatus as answerStatus, varyOn } from '#http/routes/request-context.ts';

export type OpenLibrary = Library & { close(): Promise<void> };

/** Opens the library without its search. */
export function openStoreLibrary(databaseFile: string, siteUrl: string): Omit<OpenLibrary, keyof Search> {
  const prisma = openPrisma(databaseFile);
  const database = openReadOnly(databaseFile);
  const status = retryingPort(createStatusReader(prisma));
  const { read, close } = openRevision(databaseFile);
  const revision = async () => read();
  const reader = retryingPort(createPaperReader(prisma, database));
  stopWaitingForLocks(database);
  return {
    // Nearly every page needs the listing days, and they change only with the revision.
    reader: { ...reader, revision, listingDays: memoizeByRevision(revision)(reader.listingDays) },
    topicParents: new Map(topics.flatMap(({ slug, parent }) => (parent ? [[slug, parent]] : []))),
    siteUrl,
    build: readBuild(),
    sources: async () => readSources(await status.healths()),
    status: () => readStatus(status),
    async close() {
      await prisma.$disconnect();
      close();
      database.close();
    },
  };
}

type ServerLibrary = OpenLibrary & Pick<SearchClient, 'whenReady'>;

/** Opens the library with its index in a worker thread. */
function openServedLibrary(databaseFile: string, siteUrl: string): ServerLibrary {
  const library = openStoreLibrary(databaseFile, siteUrl);
  const log = createServerLog();
  const client = createSearchClient({
    startWorker: () => startSearchWorker({ databaseFile, indexFolder: storeFilesOf(databaseFile).index }),
    onProblem: (message) => log.warn(message),
    onStatus: ({ ready, progress }) => {
      readiness().index = ready ? { state: 'ok' } : { state: 'building', ...progress };
    },
  });
  return {
    ...library,
    ...reportRevisions(client),
    whenReady: client.whenReady,
    async close() {
      await client.close();
      await library.close();
    },
  };
}

type Search = Pick<Library, 'search' | 'searchSoFar' | 'suggester'>;

/** Reports the index's revision, so that pages from an outdated or incomplete index are not cached. */
function reportRevisions({ search, searchSoFar, suggester, status }: SearchClient): Search {
  const report = <T>(result: T): T => {
    noteRevision(status()?.suggesterRevision ?? null);
    return result;
  };
  const reporting = (port: PaperSearch): PaperSearch => ({
    async search(request) {
      const result = await port.search(request);
      noteRevision(result.indexing ? null : result.revision);
      return result;
    },
  });
  return {
    search: reporting(search),
    searchSoFar: reporting(searchSoFar),
    suggester: {
      corrections: async (words) => report(await suggester.corrections(words)),
      complete: async (request) => report(await suggester.complete(request)),
      related: async (key, limit) => report(await suggester.related(key, limit)),
    },
  };
}

/** Returns the fingerprint that the build stored next to its output. In development it is random at each start. */
function readBuild(): string {
  const stamp = join(process.cwd(), '.next', '.stamp');
  return readSettings().isProduction && existsSync(stamp) ? readFileSync(stamp, 'utf8') : randomUUID();
}

/** Returns all sources, automatic or fetched manually, with their runs and the days without a listing. */
async function readStatus(reader: ReturnType<typeof createStatusReader>): Promise<StoreStatus> {
  const [healths, runs, askedDays] = await Promise.all([reader.healths(), reader.runs(), reader.askedDays()]);
  return {
    sources: readSources(healths),
    runs,
    emptyDays: explainEmptyDays(askedDays, readSettings().sources, today()),
  };
}

function readSources(healths: ReadonlyMap<string, SourceHealth>): StoreStatus['sources'] {
  const { sources, ingestEveryMs } = readSettings();
  return [...new Set([...sources, ...healths.keys()])].map((name) => {
    const everyMs = sources.includes(name) ? ingestEveryMs : null;
    return toSourceStatus(name, healths.get(name) ?? null, { now: isoNow(), everyMs });
  });
}

/** Returns the current day in UTC. */
export const today = (): Day => isoNow().slice(0, 10) as Day;

/** Returns the site's public address, without a trailing slash. */
export const siteUrl = (): string => readSettings().siteUrl;

/** Returns the operator's contact: a `mailto:` address, or the site if there is none. */
export function contactUrl(): string {
  const { mailFrom, siteUrl } = readSettings();
  const address = /[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0] ?? '';
  return address.endsWith('@localhost') ? `${siteUrl}/` : `mailto:${address}`;
}

/** Opens the site once for this process. It closes with the server. */
export function openSite(): Site {
  return openShared().site;
}

/** Returns the site's library, for other work of this process. */
export function openServerLibrary(): Library {
  return openShared().library;
}

/** Resolves to true when the index is complete. */
export const whenIndexed = (): Promise<boolean> => openShared().whenIndexed();

function openShared() {
  return processSingleton(
    'site',
    (): { readonly site: Site; readonly library: Library; whenIndexed(): Promise<boolean> } => {
      const { databaseFile, siteUrl } = readSettings();
      const opened = openServedLibrary(databaseFile, siteUrl);
      onStop(() => opened.close());
      const [reader, suggester] = [guardStore(opened.reader), guardStore(opened.suggester)];
      const [search, searchSoFar] = [guardStore(opened.search), guardStore(opened.searchSoFar)];
      const library = guardStore({ ...opened, reader, search, searchSoFar, suggester });
      const whenIndexed = () => opened.whenReady(Number.POSITIVE_INFINITY);
      return { site: createSite(library, formatLinks), library, whenIndexed };
    },
  );
}

/** Other formats of every list. */
const formatLinks = [
  ...formats.map(({ label, extension, kind, contentType }) => ({
    label,
    path: feedPath(extension),
    feedType: kind === 'feed' ? (contentType.split(';')[0] ?? null) : null,
  })),
  { label: 'JSON', path: '/api/v1/papers', feedType: null },
  { label: 'E-mail', path: '/subscribe', feedType: null },
];

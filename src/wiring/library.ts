/** What a process that answers readers is made of: the read-only connections, the search worker, the site. */
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

/** The library without its search. */
export function openStoreLibrary(databaseFile: string, siteUrl: string): Omit<OpenLibrary, keyof Search> {
  const prisma = openPrisma(databaseFile);
  const database = openReadOnly(databaseFile);
  const status = retryingPort(createStatusReader(prisma));
  const { read, close } = openRevision(databaseFile);
  const revision = async () => read();
  const reader = retryingPort(createPaperReader(prisma, database));
  stopWaitingForLocks(database);
  return {
    // Asked for by nearly every page, and the same until the store changes.
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

/** The library with its index in a worker thread of its own. */
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
    ...noteRevisions(client),
    whenReady: client.whenReady,
    async close() {
      await client.close();
      await library.close();
    },
  };
}

type Search = Pick<Library, 'search' | 'searchSoFar' | 'suggester'>;

/** A page that was made while the index is behind the store, or is built, is not cached. */
function noteRevisions({ search, searchSoFar, suggester, status }: SearchClient): Search {
  const note = <T>(answer: T): T => {
    noteRevision(status()?.suggesterRevision ?? null);
    return answer;
  };
  const noted = (port: PaperSearch): PaperSearch => ({
    async search(request) {
      const result = await port.search(request);
      noteRevision(result.indexing ? null : result.revision);
      return result;
    },
  });
  return {
    search: noted(search),
    searchSoFar: noted(searchSoFar),
    suggester: {
      corrections: async (words) => note(await suggester.corrections(words)),
      complete: async (request) => note(await suggester.complete(request)),
      related: async (key, limit) => note(await suggester.related(key, limit)),
    },
  };
}

/** The digest of the sources that the build left beside its output; while the site is being written, another at each start. */
function readBuild(): string {
  const stamp = join(process.cwd(), '.next', '.stamp');
  return readSettings().isProduction && existsSync(stamp) ? readFileSync(stamp, 'utf8') : randomUUID();
}

/** Each source that is asked by itself, and each that was asked by hand, with what the calendar makes of its health. */
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

/** The day it is now, in UTC. */
export const today = (): Day => isoNow().slice(0, 10) as Day;

/** The address readers use, without a slash at the end. */
export const siteUrl = (): string => readSettings().siteUrl;

/** Where whoever runs this instance is reached, as an address: their mail, else the site itself. */
export function contactUrl(): string {
  const { mailFrom, siteUrl } = readSettings();
  const address = /[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0] ?? '';
  return address.endsWith('@localhost') ? `${siteUrl}/` : `mailto:${address}`;
}

/** The site of this process's settings; closes with the server. */
export function openSite(): Site {
  return openShared().site;
}

/** What the site reads from, for what else this process does with papers. */
export function openServerLibrary(): Library {
  return openShared().library;
}

/** Resolves when every paper can be found. */
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

/** Where every list can be had beside its page. */
const formatLinks = [
  ...formats.map(({ label, extension, kind, contentType }) => ({
    label,
    path: feedPath(extension),
    feedType: kind === 'feed' ? (contentType.split(';')[0] ?? null) : null,
  })),
  { label: 'JSON', path: '/api/v1/papers', feedType: null },
  { label: 'E-mail', path: '/subscribe', feedType: null },
];

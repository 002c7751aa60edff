/** Opens the library for a command. Its search loads or builds the index and waits until that is complete. */
import { createSearchClient, type SearchClient } from '#search/worker/search-client.ts';
import { storeFilesOf } from '#store/sqlite/file/store-files.ts';
import { type OpenLibrary, openStoreLibrary } from './library.ts';
import { startSearchWorker } from './search-thread.ts';

/** Long enough for a search that matches every paper of a large store. */
const deadlineMs = 120_000;
const failuresMax = 3;
const firstLineAfterMs = 1_000;
const lineEveryMs = 2_000;

type CommandStore = {
  readonly databaseFile: string;
  /** If `databaseFile` is a copy: the original store, next to the saved index. */
  readonly original?: string;
};

/** Loads the index at the first search, because many commands never search. Only the server saves the index. */
export function openCommandLibrary(
  { databaseFile, original = databaseFile }: CommandStore,
  siteUrl: string,
): OpenLibrary {
  const library = openStoreLibrary(databaseFile, siteUrl);
  let client: SearchClient | null = null;
  const search = {
    search: (...request: Parameters<SearchClient['search']['search']>) => {
      client ??= openClient({ databaseFile, indexFolder: storeFilesOf(original).index, isForCommand: true });
      return client.search.search(...request);
    },
  };
  return {
    ...library,
    search,
    searchSoFar: search,
    suggester: { corrections: async () => [], complete: async () => [], related: async () => [] },
    async close() {
      await client?.close();
      await library.close();
    },
  };
}

function openClient(workerData: Parameters<typeof startSearchWorker>[0]): SearchClient {
  const reportProgress = createProgressReporter();
  let failures = 0;
  const client = createSearchClient({
    startWorker: () => startSearchWorker(workerData),
    onProblem: (message) => {
      console.error(message);
      failures++;
      if (failures === failuresMax) void client.close();
    },
    onStatus: ({ ready, progress }) => reportProgress(ready, progress),
    readyWithinMs: Number.POSITIVE_INFINITY,
    deadlineMs,
  });
  return client;
}

/** Returns a function that prints the indexing progress to standard error, if indexing takes more than a second. */
function createProgressReporter(): (
  isReady: boolean,
  progress: { readonly done: number; readonly total: number },
) => void {
  let nextMs = performance.now() + firstLineAfterMs;
  return (isReady, { done, total }) => {
    if (isReady || performance.now() < nextMs) return;
    nextMs = performance.now() + lineEveryMs;
    console.error(`Indexing: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} papers so far.`);
  };
}

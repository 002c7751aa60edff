/** A store whose search index is being built. A test controls when papers are added to the index. */
import { onTestFinished } from 'vitest';
import type { Library } from '#read/library.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { createSearchClient } from '#search/worker/search-client.ts';
import type { SearchThread } from '#search/worker/worker-link.ts';
import type { SearchStatus, WorkerMessage } from '#search/worker/worker-messages.ts';
import { openReadOnly } from '#store/sqlite/database.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';
import { aLibrary } from './a-library.ts';

/** `take` adds the next papers to the index and returns the number of remaining ones. */
export function aGrowingIndex(databaseFile: string): { readonly library: Library; take(count: number): number } {
  const database = openReadOnly(databaseFile);
  onTestFinished(() => void database.close());
  const documents = createSearchDocuments(database);
  const coming = [...documents.changedSince(0)];
  const index = new SearchIndex(documents);
  const library = aLibrary(databaseFile);
  return {
    library: {
      ...library,
      searchSoFar: {
        search: async (request) => {
          if (coming.length === 0) return library.search.search(request);
          return { ...index.search(request), indexing: { done: index.count, total: documents.count() } };
        },
      },
    },
    take(count) {
      index.update(coming.splice(0, count), { removed: [], revision: 0 });
      return coming.length;
    },
  };
}

/** A library whose search thread sends no message until `say` is called. Searches wait for the index. */
export function aSilentIndex(databaseFile: string, readyWithinMs: number) {
  const { promise: listening, resolve: listen } = Promise.withResolvers<(message: WorkerMessage) => void>();
  const library = aLibrary(databaseFile);
  const say = async (message: WorkerMessage) => (await listening)(message);
  const thread = {
    on: (event: string, listener: (message: WorkerMessage) => void) => void (event === 'message' && listen(listener)),
    unref: () => {},
    terminate: async () => 0,
    postMessage: async ({ id, ask }: { id: number; ask: Parameters<Library['search']['search']>[0] }) =>
      say({ id, value: await library.search.search(ask) }),
  } as unknown as SearchThread;
  const client = createSearchClient({ startWorker: () => thread, onProblem: () => {}, readyWithinMs });
  onTestFinished(() => client.close());
  const status = (ready: boolean, done: number): SearchStatus => ({
    ready,
    revision: 0,
    suggesterRevision: null,
    papers: done,
    progress: { done, total: 6 },
    segments: 1,
    bytes: 1,
    note: '',
  });
  return {
    library: { ...library, search: client.search, searchSoFar: client.searchSoFar } satisfies Library,
    say: (ready: boolean, done: number) => say({ status: status(ready, done) }),
  };
}

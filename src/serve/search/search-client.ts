/** The server's side of the search: the worker's index, and SQL while there is none. */
import type { PaperSearch, SearchAids } from '#core/ports';
import { WorkerLink, type WorkerLinkOptions } from './worker-link.ts';
import type { SearchStatus } from './worker-messages.ts';

export type SearchClientOptions = Pick<WorkerLinkOptions, 'startWorker' | 'onProblem' | 'onStatus'> &
  Partial<WorkerLinkOptions> & {
    /** Answers searches while the index is not ready. */
    readonly fallback: PaperSearch;
  };

export type SearchClient = {
  readonly search: PaperSearch;
  /** What only the index knows: empty while it is not ready. */
  readonly aids: SearchAids;
  status(): SearchStatus | null;
  close(): Promise<void>;
};

export function createSearchClient({ fallback, deadlineMs = 2000, restartMs = 50, ...options }: SearchClientOptions): SearchClient {
  const link = new WorkerLink({ ...options, deadlineMs, restartMs });
  return {
    search: { search: async (request) => (await link.call('search', request)) ?? fallback.search(request) },
    aids: {
      corrections: async (words) => (await link.call('corrections', words)) ?? [],
      complete: async (request) => (await link.call('complete', request)) ?? [],
      related: async (key, limit) => (await link.call('related', { key, limit })) ?? [],
    },
    status: () => link.status,
    close: () => link.close(),
  };
}

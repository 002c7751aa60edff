/** The server's side of the search: what its worker's index has so far, or the whole of it. */
import { AppError } from '#core/errors.ts';
import type { PaperSearch, SearchRequest, SearchResult, Suggester } from '#core/ports/papers.ts';
import { WorkerLink, type WorkerLinkOptions } from './worker-link.ts';
import type { SearchStatus } from './worker-messages.ts';

export type SearchClientOptions = Pick<WorkerLinkOptions, 'startWorker' | 'onProblem' | 'onStatus'> &
  Partial<WorkerLinkOptions> & {
    /** How long a search of the whole index waits for it. */
    readonly readyWithinMs?: number;
  };

export type SearchClient = {
  /** Of all papers: waits for the index. Throws `unavailable` when that is not ready in time. */
  readonly search: PaperSearch;
  /** Of the papers that are in the index so far. Throws `unavailable` when there is no worker to answer. */
  readonly searchSoFar: PaperSearch;
  /** What only the index knows: empty while it is not ready. */
  readonly suggester: Suggester;
  status(): SearchStatus | null;
  /** False when the index is not ready after `limitMs`. */
  whenReady(limitMs: number): Promise<boolean>;
  close(): Promise<void>;
};

export function createSearchClient(options: SearchClientOptions): SearchClient {
  const { readyWithinMs = 10_000, deadlineMs = 2000, restartMs = 50 } = options;
  const link = new WorkerLink({ ...options, deadlineMs, restartMs });
  const searchSoFar = async (request: SearchRequest): Promise<SearchResult> => {
    const result = await link.call('search', request);
    if (result === null) throw new AppError('unavailable', 'The search is not there just now. Try again in a moment.');
    return result;
  };
  const search = async (request: SearchRequest): Promise<SearchResult> => {
    if (!(await link.whenReady(readyWithinMs))) throw indexing(link.status);
    const result = await searchSoFar(request);
    // The worker was replaced meanwhile, and its index is built anew.
    if (result.indexing) throw indexing(link.status);
    return result;
  };
  return {
    search: { search },
    searchSoFar: { search: searchSoFar },
    suggester: {
      corrections: async (words) => (await link.call('corrections', words)) ?? [],
      complete: async (request) => (await link.call('complete', request)) ?? [],
      related: async (key, limit) => (await link.call('related', { key, limit })) ?? [],
    },
    status: () => link.status,
    whenReady: (limitMs) => link.whenReady(limitMs),
    close: () => link.close(),
  };
}

const retryAfterSeconds = 10;

function indexing(status: SearchStatus | null): AppError {
  const { done, total } = status?.progress ?? { done: 0, total: 0 };
  const progress = total > 0 ? ` (${done.toLocaleString('en')} of ${total.toLocaleString('en')} papers so far)` : '';
  return new AppError(
    'unavailable',
    `The papers are still being indexed${progress}. Please try again in a few seconds.`,
    {
      retryAfter: retryAfterSeconds,
    },
  );
}

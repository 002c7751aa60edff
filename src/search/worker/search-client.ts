/** Connects the server to the search worker: search, suggester, related papers and status. */
import { AppError } from '#core/errors.ts';
import type { PaperSearch, SearchRequest, SearchResult, Suggester } from '#core/ports/papers.ts';
import { WorkerLink, type WorkerLinkOptions } from './worker-link.ts';
import type { SearchStatus } from './worker-messages.ts';

export type SearchClientOptions = Pick<WorkerLinkOptions, 'startWorker' | 'onProblem' | 'onStatus'> &
  Partial<WorkerLinkOptions> & {
    /** How long `search` waits for the complete index. */
    readonly readyWithinMs?: number;
  };

export type SearchClient = {
  /** Searches all papers. Rejects with `unavailable` if the index is not ready in time. */
  readonly search: PaperSearch;
  /** Searches the papers indexed so far. Rejects with `unavailable` if no worker is running. */
  readonly searchSoFar: PaperSearch;
  /** Returns empty lists until the index is ready. */
  readonly suggester: Suggester;
  status(): SearchStatus | null;
  /** Resolves to false if the index is not ready after `limitMs`. */
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
    if (!(await link.whenReady(readyWithinMs))) throw toIndexingError(link.status);
    const result = await searchSoFar(request);
    // The worker was replaced in the meantime and its index is incomplete.
    if (result.indexing) throw toIndexingError(link.status);
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

function toIndexingError(status: SearchStatus | null): AppError {
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

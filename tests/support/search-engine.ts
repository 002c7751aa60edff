/** Runs the search engine over a test's store in the test's own thread. */
import type { Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { PaperSearch, Suggester } from '#core/ports/papers.ts';
import { SearchService } from '#search/worker/search-service.ts';
import { type CallMessage, clockMs, type SearchCalls, type WorkerMessage } from '#search/worker/worker-messages.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';
import { MemoryFiles } from './search-memory-files.ts';

const callTimeoutMs = 30_000;

/** The engine closes when the test ends. The caller closes `database`. */
export function aSearchEngine(database: Database): { readonly search: PaperSearch; readonly suggester: Suggester } {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const isReady = Promise.withResolvers<void>();
  const post = (message: WorkerMessage) => {
    if ('status' in message)
      return message.status.ready && message.status.suggesterRevision !== null ? isReady.resolve() : undefined;
    if ('notice' in message) return;
    const call = pending.get(message.id);
    pending.delete(message.id);
    if ('error' in message) call?.reject(new Error(message.error));
    else call?.resolve(message.value);
  };
  const service = new SearchService({ documents: createSearchDocuments(database), files: new MemoryFiles(), post });
  const running = service.run();
  running.catch(isReady.reject);
  onTestFinished(async () => {
    service.close();
    await running;
  });
  let calls = 0;
  const call = async <Name extends keyof SearchCalls>(
    name: Name,
    ask: SearchCalls[Name]['ask'],
  ): Promise<SearchCalls[Name]['answer']> => {
    await isReady.promise;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = ++calls;
    pending.set(id, { resolve, reject });
    await service.answer({ id, name, ask, untilMs: clockMs() + callTimeoutMs } as CallMessage);
    return (await promise) as SearchCalls[Name]['answer'];
  };
  return {
    search: { search: (request) => call('search', request) },
    suggester: {
      corrections: (words) => call('corrections', words),
      complete: (request) => call('complete', request),
      related: (key, limit) => call('related', { key, limit }),
    },
  };
}

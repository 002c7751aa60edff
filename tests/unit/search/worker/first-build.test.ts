/** During the first build a search finds the latest papers, exactly like an index of only these papers. */
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { sortKeys } from '#core/condition.ts';
import type { SearchRequest, SearchResult } from '#core/ports/papers.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { SearchService } from '#search/worker/search-service.ts';
import { clockMs, type WorkerMessage } from '#search/worker/worker-messages.ts';
import { FakeDocuments } from '#tests/search-fake-documents.ts';
import { MemoryFiles } from '#tests/search-memory-files.ts';
import { aRequest, arbitraryWhere, manyPapers, toDocuments } from '#tests/search-stores.ts';

const count = 1_700;
const timeoutMs = 60_000;

function aService(documents: FakeDocuments, files = new MemoryFiles()) {
  const messages: WorkerMessage[] = [];
  const service = new SearchService({
    documents,
    files,
    post: (message) => messages.push(message),
    firstPapersTimeoutMs: 30_000,
  });
  onTestFinished(() => service.close());
  let calls = 0;
  const search = async (request: SearchRequest): Promise<SearchResult> => {
    const id = ++calls;
    await service.answer({ id, name: 'search', ask: request, untilMs: clockMs() + 30_000 });
    const message = messages.find((one) => 'id' in one && one.id === id);
    if (!message || !('value' in message)) throw new Error(JSON.stringify(message));
    return message.value as SearchResult;
  };
  return { service, search, files };
}

const aStore = () =>
  new FakeDocuments(toDocuments(manyPapers(count).map((paper, i) => ({ paper, key: (i * 7919) % 20_011 }))));

test('a search during the first build finds the latest papers', { timeout: timeoutMs }, async () => {
  const documents = aStore();
  const { service, search } = aService(documents);
  const started = service.start();
  const first = await search(aRequest({ sort: 'new' }));
  expect(first.indexing).toEqual({ done: 500, total: count });
  expect(first.total).toBe(500);
  await started;
  const whole = await search(aRequest({ sort: 'new' }));
  expect(whole).toMatchObject({ indexing: null, revision: 1, total: count });
  const dayOf = new Map(documents.all().map(({ key, publishedOn }) => [key, String(publishedOn ?? '')]));
  const days = (result: SearchResult) => result.hits.slice(0, 400).map(({ key }) => dayOf.get(key)?.slice(0, 10));
  expect(days(first).filter((day) => day?.length === 10)).toEqual(
    days(whole)
      .slice(0, 400)
      .filter((day) => day?.length === 10),
  );
});

test('each partial index equals an index of its papers, and the complete index equals one built at once', {
  timeout: timeoutMs,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(arbitraryWhere, fc.constantFrom(...sortKeys)), { minLength: 3, maxLength: 6 }),
      async (queries) => {
        const documents = aStore();
        const order = [...documents.changedSince(0)];
        const naive = (done: number) => {
          const index = new SearchIndex(documents);
          index.update(order.slice(0, done), { removed: [], revision: 1 });
          return index;
        };
        const { service, search } = aService(documents);
        const started = service.start();
        for (const [i, [where, sort]] of queries.entries()) {
          const request = aRequest({ where, sort, limit: 40 });
          const { indexing, revision: _, ...found } = await search(request);
          const { indexing: __, revision: ___, ...expected } = naive(indexing?.done ?? count).search(request);
          expect(found).toEqual(expected);
          if (i === queries.length - 2) await started;
          else await new Promise(setImmediate);
        }
      },
    ),
    { numRuns: 8 },
  );
});

test('papers that are added, changed or removed during the first build are indexed in their final state', {
  timeout: timeoutMs,
}, async () => {
  const documents = aStore();
  const { service, search } = aService(documents);
  const started = service.start();
  await search(aRequest());
  const [changed, gone] = [documents.all()[3], documents.all()[7]];
  const added = toDocuments(manyPapers(5, 2).map((paper, i) => ({ paper, key: 30_000 + i })));
  documents.save([...added, { ...changed, title: 'Newly named zebras' } as (typeof added)[number]], [gone?.key ?? 0]);
  await started;
  const request = aRequest({ sort: 'new', limit: 5_000 });
  const whole = new SearchIndex(documents);
  whole.update(documents.all(), { removed: [], revision: 2 });
  expect(await search(request)).toEqual(whole.search(request));
});

test('the first papers of an empty store are found immediately', async () => {
  const documents = new FakeDocuments();
  const { service, search } = aService(documents);
  await service.start();
  expect(await search(aRequest())).toMatchObject({ total: 0, indexing: null });
  documents.save(toDocuments(manyPapers(5).map((paper, key) => ({ paper, key: key + 1 }))));
  expect(await search(aRequest())).toMatchObject({ total: 5, revision: 1, indexing: null });
});

test('start without run does not save the index', async () => {
  const { service, search, files } = aService(aStore());
  await service.start();
  expect((await search(aRequest())).indexing).toBeNull();
  expect(files.files.size).toBe(0);
});

/** The search service: keeps its index up to date, answers calls and loads the saved index. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { SearchService } from '#search/worker/search-service.ts';
import { type CallMessage, clockMs, type WorkerMessage } from '#search/worker/worker-messages.ts';
import { aPaper } from '#tests/a-paper.ts';
import { toSearchDocument } from '#tests/search-document.ts';
import { FakeDocuments } from '#tests/search-fake-documents.ts';
import { MemoryFiles } from '#tests/search-memory-files.ts';
import { aRequest } from '#tests/search-stores.ts';

const waiting = { timeout: 30_000 };
const word = (text: string): Condition => ({ kind: 'text', field: 'any', match: 'word', text });
const draft = aPaper({
  id: '2401.00001',
  title: 'Speculative decoding with a draft model',
  abstract: 'Drafts are verified.',
  authors: ['Jane Doe', 'Zoë Roe'],
  tags: ['decoding'],
});
const verify = aPaper({
  id: '2401.00002',
  title: 'Verifying drafts of a language model',
  abstract: 'Speculative decoding again.',
  authors: ['Jane Doe'],
  tags: ['decoding'],
});
const graphs = aPaper({
  id: '2401.00003',
  title: 'Graphs',
  abstract: 'Nodes and edges.',
  authors: ['Ann Other'],
  tags: ['graph-learning', 'cs.lg'],
});

function aService(documents: FakeDocuments, files = new MemoryFiles()) {
  const messages: WorkerMessage[] = [];
  const service = new SearchService({ documents, files, post: (message) => messages.push(message) });
  onTestFinished(() => service.close());
  void service.run();
  let id = 0;
  const ask = async (name: CallMessage['name'], ask: unknown, untilMs = clockMs() + 30_000): Promise<unknown> => {
    const own = ++id;
    await service.answer({ id: own, name, ask, untilMs } as CallMessage);
    const answer = messages.find((message) => 'id' in message && message.id === own);
    return answer && 'value' in answer ? answer.value : answer;
  };
  const statuses = () => messages.flatMap((message) => ('status' in message ? [message.status] : []));
  const status = () => statuses().at(-1);
  const ready = () => vi.waitFor(() => expect(status()?.ready).toBe(true), waiting);
  return { ask, status, statuses, ready, files };
}

const aStore = () => new FakeDocuments([draft, verify, graphs].map((paper, i) => toSearchDocument(paper, i + 1)));

test('a search covers the changes of the store up to the call', async () => {
  const documents = aStore();
  const { ask, ready } = aService(documents);
  await ready();
  const request = aRequest({ where: [word('graphs')], facets: false });
  expect(await ask('search', request)).toMatchObject({ revision: 1, total: 1, hits: [{ key: 3 }] });
  documents.save([toSearchDocument(aPaper({ id: '2401.00004', title: 'More graphs' }), 4)], [3]);
  expect(await ask('search', request)).toMatchObject({ revision: 2, total: 1, hits: [{ key: 4 }] });
});

test('a call after its deadline is not run, and a failed call returns its error', async () => {
  const { ask, ready } = aService(aStore());
  await ready();
  expect(await ask('search', aRequest(), clockMs() - 1)).toMatchObject({ error: 'asked too long ago' });
  expect(await ask('search', { where: null })).toMatchObject({ error: expect.stringContaining('TypeError') });
});

test('corrections are given only for words that match no paper', async () => {
  const { ask, ready } = aService(aStore());
  await ready();
  await vi.waitFor(
    async () =>
      expect(await ask('corrections', ['Speculatve', 'decodng', 'drafts', 'grahps2', 'zzzzzz'])).toEqual([
        { word: 'Speculatve', suggestions: [{ text: 'speculative', count: 2 }] },
        { word: 'decodng', suggestions: [{ text: 'decoding', count: 2 }] },
      ]),
    waiting,
  );
});

test('complete returns topics and authors with their counts', async () => {
  const { ask, ready } = aService(aStore());
  await ready();
  const complete = (kind: string, prefix: string, limit = 5) => ask('complete', { kind, prefix, limit });
  expect(await complete('author', 'ja')).toEqual([{ value: 'Jane Doe', label: 'Jane Doe', count: 2 }]);
  expect(await complete('author', 'ROE')).toEqual([{ value: 'Zoë Roe', label: 'Zoë Roe', count: 1 }]);
  expect(await complete('author', 'zoe')).toEqual([{ value: 'Zoë Roe', label: 'Zoë Roe', count: 1 }]);
  expect(await complete('tag', 'learn')).toEqual([{ value: 'graph-learning', label: 'graph learning', count: 1 }]);
  expect(await complete('tag', 'deco')).toEqual([{ value: 'decoding', label: 'decoding', count: expect.any(Number) }]);
  expect(await complete('tag', 'cs')).toEqual([{ value: 'cs.lg', label: 'cs.lg', count: 1 }]);
  expect(await complete('author', '  ')).toEqual([]);
  for (const kind of ['author', 'tag']) expect(await complete(kind, 'ja\ud83d')).toEqual([]);
});

test('related returns similar papers with their shared terms, topics and authors', async () => {
  const { ask, ready } = aService(aStore());
  await ready();
  const related = await ask('related', { key: 1, limit: 5 });
  expect(related).toEqual([
    { key: 2, terms: expect.arrayContaining(['speculative', 'decoding']), topics: ['decoding'], authors: ['Jane Doe'] },
  ]);
  expect(await ask('related', { key: 99, limit: 5 })).toEqual([]);
});

test('the service loads the saved index and updates it, or rebuilds it for an older store', async () => {
  const documents = aStore();
  const first = aService(documents);
  await first.ready();
  await vi.waitFor(() => expect(first.files.files.has('index.json')).toBe(true), waiting);
  documents.save([], [2]);
  const second = aService(documents, first.files);
  await second.ready();
  expect(second.status()).toMatchObject({ papers: 2, revision: 2, note: expect.stringContaining('loaded in') });
  const third = aService(new FakeDocuments([toSearchDocument(graphs, 8)].slice(1)), first.files);
  await third.ready();
  expect(third.status()).toMatchObject({ papers: 0, note: expect.stringContaining('older') });
});

test('a first build reports its progress and is ready when all papers are indexed', async () => {
  const count = 3000;
  const papers = Array.from({ length: count }, (_, i) => toSearchDocument(graphs, i + 1));
  const { statuses, ready } = aService(new FakeDocuments(papers));
  await ready();
  const [first] = statuses();
  expect([first?.ready, first?.progress]).toEqual([false, { done: 0, total: count }]);
  expect(statuses().find((status) => status.ready)?.progress).toEqual({ done: count, total: count });
  for (const [at, { progress }] of statuses().entries())
    expect(progress.done).toBeGreaterThanOrEqual(statuses()[at - 1]?.progress.done ?? 0);
});

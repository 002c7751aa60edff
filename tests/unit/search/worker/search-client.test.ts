/** The search client: partial results, waiting for the complete index, deadlines and worker replacement. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SearchResult } from '#core/ports/papers.ts';
import { createSearchClient } from '#search/worker/search-client.ts';
import type { SearchThread } from '#search/worker/worker-link.ts';
import type { CallMessage, SearchStatus } from '#search/worker/worker-messages.ts';
import { aRequest } from '#tests/search-stores.ts';

const aResult = (revision: number, indexing: SearchResult['indexing'] = null): SearchResult => ({
  revision,
  total: 0,
  partial: 0,
  hits: [],
  facets: null,
  indexing,
});
const someIndexed = { done: 1, total: 3 };
const unavailable = { code: 'unavailable', status: 503 };
const status: SearchStatus = {
  ready: true,
  revision: 1,
  suggesterRevision: 1,
  papers: 1,
  progress: { done: 1, total: 1 },
  segments: 1,
  bytes: 1,
  note: '',
};

class FakeThread extends EventEmitter {
  readonly calls: CallMessage[] = [];
  postMessage(message: CallMessage): void {
    this.calls.push(message);
  }
  async terminate(): Promise<number> {
    this.emit('exit', 1);
    return 1;
  }
  unref(): void {}
  send(message: unknown): void {
    this.emit('message', message);
  }
}

function aClient() {
  const threads: FakeThread[] = [];
  const problems: string[] = [];
  const startWorker = () => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread as unknown as SearchThread;
  };
  const client = createSearchClient({
    startWorker,
    onProblem: (message) => problems.push(message),
    deadlineMs: 2000,
    restartMs: 500,
  });
  const latest = () => threads.at(-1) as FakeThread;
  const answer = (revision: number, indexing: SearchResult['indexing'] = null) =>
    latest().send({ id: latest().calls.at(-1)?.id, value: aResult(revision, indexing) });
  return { client, threads, problems, latest, answer };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('a worker that is not ready searches the papers indexed so far and has no suggester', async () => {
  const { client, latest, answer } = aClient();
  expect(client.status()).toBeNull();
  const found = client.searchSoFar.search(aRequest());
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  answer(0, someIndexed);
  expect(await found).toEqual(aResult(0, someIndexed));
  expect(await client.suggester.corrections(['x'])).toEqual([]);
  expect(await client.suggester.related(1, 2)).toEqual([]);
  expect(await client.suggester.complete({ kind: 'tag', prefix: 'a', limit: 1 })).toEqual([]);
  expect(latest().calls).toHaveLength(1);
});

test('search waits until the worker is ready', async () => {
  const { client, latest, answer } = aClient();
  const found = client.search.search(aRequest());
  await vi.advanceTimersByTimeAsync(9_000);
  expect(latest().calls).toHaveLength(0);
  latest().send({ status });
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  answer(5);
  expect(await found).toEqual(aResult(5));
});

test('search rejects after ten seconds with the progress and a retry time', async () => {
  const { client, latest } = aClient();
  latest().send({ status: { ...status, ready: false, progress: { done: 12_000, total: 100_000 } } });
  const late = expect(client.search.search(aRequest())).rejects.toMatchObject({
    ...unavailable,
    message: expect.stringContaining('12,000 of 100,000'),
    details: { retryAfter: 10 },
  });
  let isSettled = false;
  void late.then(() => {
    isSettled = true;
  });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await late;
  expect(latest().calls).toHaveLength(0);
});

test('search rejects a result of an incomplete index', async () => {
  const { client, latest, answer } = aClient();
  latest().send({ status });
  const found = expect(client.search.search(aRequest())).rejects.toMatchObject(unavailable);
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  answer(0, someIndexed);
  await found;
});

test('whenReady resolves to false at its time limit and when the client closes', async () => {
  const { client, latest } = aClient();
  const [ready, closed] = [client.whenReady(1_000), client.whenReady(Number.POSITIVE_INFINITY)];
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await ready).toBe(false);
  await client.close();
  expect(await closed).toBe(false);
  latest().send({ status });
  expect(await client.whenReady(1_000)).toBe(false);
});

test('a search rejects after the deadline, and a later result is ignored', async () => {
  const { client, latest, answer } = aClient();
  latest().send({ status });
  const found = client.searchSoFar.search(aRequest());
  const rejected = expect(found).rejects.toMatchObject({ code: 'unavailable' });
  await vi.advanceTimersByTimeAsync(2000);
  await rejected;
  answer(1);
});

test('an error in the worker rejects the search with the same error', async () => {
  const { client, latest } = aClient();
  latest().send({ status });
  const found = client.search.search(aRequest());
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  latest().send({ id: latest().calls[0]?.id, error: 'TypeError: x' });
  await expect(found).rejects.toThrow('TypeError: x');
});

test('when the worker exits, its replacement answers earlier and new calls', async () => {
  const { client, latest } = aClient();
  latest().send({ status });
  const found = [client.searchSoFar.search(aRequest())];
  await Promise.resolve();
  latest().emit('exit', 1);
  found.push(client.searchSoFar.search(aRequest()));
  await vi.advanceTimersByTimeAsync(500);
  latest().send({ status });
  await vi.waitFor(() => expect(latest().calls).toHaveLength(2));
  for (const { id } of latest().calls) latest().send({ id, value: aResult(7) });
  expect(await Promise.all(found)).toEqual([aResult(7), aResult(7)]);
});

test('a call that ends two workers is not retried, and a slow replacement is used after 1.5 s', async () => {
  const { client, latest, answer } = aClient();
  latest().send({ status });
  const found = client.searchSoFar.search(aRequest());
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  latest().emit('exit', 1);
  await vi.advanceTimersByTimeAsync(500);
  latest().send({ status });
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  const rejected = expect(found).rejects.toMatchObject(unavailable);
  latest().emit('exit', 1);
  await rejected;
  const waiting = client.searchSoFar.search(aRequest());
  await vi.advanceTimersByTimeAsync(1500);
  expect(latest().calls).toHaveLength(1);
  answer(0, someIndexed);
  expect(await waiting).toEqual(aResult(0, someIndexed));
});

test('searches reject while workers exit without papers, and restarts have growing delays', async () => {
  const { client, threads, latest, answer } = aClient();
  latest().send({ status });
  latest().emit('exit', 1);
  expect(client.status()).toMatchObject({ ready: false });
  for (const [waitMs, count] of [
    [500, 2],
    [1000, 3],
    [2000, 4],
  ] as const) {
    await vi.advanceTimersByTimeAsync(waitMs - 1);
    expect(threads).toHaveLength(count - 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(threads).toHaveLength(count);
    if (count === 4) break;
    latest().emit('exit', 1);
    await expect(client.searchSoFar.search(aRequest())).rejects.toMatchObject(unavailable);
  }
  latest().send({ status });
  const again = client.searchSoFar.search(aRequest());
  await vi.waitFor(() => expect(latest().calls).toHaveLength(1));
  answer(9);
  expect(await again).toEqual(aResult(9));
});

test('a worker that hangs is replaced, and a slow worker is not', async () => {
  const { client, threads, problems, latest } = aClient();
  latest().send({ status });
  const searchUntilDeadline = async () => {
    const found = expect(client.searchSoFar.search(aRequest())).rejects.toMatchObject({ code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(2000);
    await found;
  };
  for (let i = 0; i < 20; i++) {
    await searchUntilDeadline();
    latest().send({ id: -1, error: 'alive' });
  }
  expect(threads).toHaveLength(1);
  for (let i = 0; i < 8; i++) await searchUntilDeadline();
  await vi.advanceTimersByTimeAsync(500);
  expect(threads).toHaveLength(2);
  expect(problems).toEqual(['The search worker hangs and is replaced.']);
});

test('a closed client does not start another worker', async () => {
  const { client, threads } = aClient();
  await client.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(threads).toHaveLength(1);
});

/** The search thread over a real store: it follows writes, restarts after a crash and loads the saved index. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Condition } from '#core/condition.ts';
import type { Paper } from '#core/paper.ts';
import { createSearchClient } from '#search/worker/search-client.ts';
import { createPaperWriter } from '#store/sqlite/papers/paper-writer.ts';
import { aPaper } from '#tests/a-paper.ts';
import { aRequest } from '#tests/search-stores.ts';
import { aTempStore } from '#tests/temp-store.ts';

const workerFile = join(import.meta.dirname, '..', '..', 'src', 'entry', 'search-thread.ts');
const testTimeoutMs = 60_000;
const waiting = { timeout: 30_000, interval: 50 };
const word = (text: string): Condition => ({ kind: 'text', field: 'any', match: 'word', text });

function aStore() {
  const { database, file } = aTempStore();
  const writer = createPaperWriter(database);
  const keys = new Map<string, number>();
  const save = (papers: readonly Paper[]) =>
    database
      .transaction(() => {
        const merged = papers.map((paper) => ({ ...paper, slug: '' }));
        writer.prepare(merged);
        for (const paper of merged) keys.set(paper.id, writer.save(paper, keys.get(paper.id) ?? null).key);
        writer.finish();
      })
      .immediate();
  return { file, save };
}

function aClient(databaseFile: string) {
  const workers: Worker[] = [];
  const startWorker = () => {
    const worker = new Worker(workerFile, {
      workerData: { databaseFile, indexFolder: join(dirname(databaseFile), 'search-index') },
    });
    workers.push(worker);
    return worker;
  };
  const client = createSearchClient({ startWorker, onProblem: () => {}, restartMs: 50 });
  onTestFinished(() => client.close());
  const ready = () => vi.waitFor(() => expect(client.status()?.ready).toBe(true), waiting);
  return {
    client,
    workers,
    ready,
    totalOf: async (text: string) => (await client.searchSoFar.search(aRequest({ where: [word(text)] }))).total,
  };
}

test('the search thread responds while it starts and sees every change as soon as it is saved', {
  timeout: testTimeoutMs,
}, async () => {
  const { file, save } = aStore();
  save([aPaper({ id: '2401.00001', title: 'Speculative decoding' })]);
  const { ready, totalOf } = aClient(file);
  expect(await totalOf('decoding')).toBe(1);
  await ready();
  expect(await totalOf('decoding')).toBe(1);
  save([
    aPaper({ id: '2401.00002', title: 'Decoding again' }),
    aPaper({ id: '2401.00001', title: 'Speculative execution' }),
  ]);
  expect(await totalOf('decoding')).toBe(1);
  expect(await totalOf('execution')).toBe(1);
});

test('calls succeed when the worker terminates, and the next worker loads the saved index', {
  timeout: testTimeoutMs,
}, async () => {
  const { file, save } = aStore();
  save([aPaper({ id: '2401.00001', title: 'Speculative decoding' })]);
  const { client, workers, ready, totalOf } = aClient(file);
  await ready();
  await vi.waitFor(() => expect(readdirSync(join(dirname(file), 'search-index'))).toContain('index.json'), waiting);
  const running = Promise.all(Array.from({ length: 20 }, () => totalOf('decoding')));
  await workers[0]?.terminate();
  expect(await running).toEqual(Array.from({ length: 20 }, () => 1));
  await vi.waitFor(() => expect(workers).toHaveLength(2), waiting);
  await ready();
  expect(client.status()?.note).toContain('loaded in');
  expect(await totalOf('decoding')).toBe(1);
});

/** The search in SQL off the pages' thread: started when asked, ended when it takes too long or nobody asks. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SearchResult } from '#core/ports';
import { createSqlThread } from '#serve/search/sql-thread';
import type { SearchThread } from '#serve/search/worker-link';
import type { CallMessage } from '#serve/search/worker-messages';
import { aRequest } from '#tests/search-stores';

const aResult = (total: number): SearchResult => ({ revision: 1, total, atLeast: false, partial: 0, hits: [], facets: null });

class FakeThread extends EventEmitter {
  readonly asked: CallMessage[] = [];
  ended = 0;
  postMessage(message: CallMessage): void {
    this.asked.push(message);
  }
  async terminate(): Promise<number> {
    this.ended++;
    return 1;
  }
  unref(): void {}
  answer(which: number, total: number): void {
    this.emit('message', { id: this.asked[which]?.id, value: aResult(total) });
  }
}

function aThread() {
  const threads: FakeThread[] = [];
  const startThread = () => {
    threads.push(new FakeThread());
    return threads.at(-1) as unknown as SearchThread;
  };
  return { threads, sql: createSqlThread({ startThread, deadlineMs: 1000, idleMs: 5000 }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('one thread answers, each search its own answer, and ends when nobody asks', async () => {
  const { threads, sql } = aThread();
  expect(threads).toHaveLength(0);
  const found = [sql.search(aRequest()), sql.search(aRequest())];
  threads[0]?.answer(1, 2);
  threads[0]?.answer(0, 1);
  expect(await Promise.all(found)).toEqual([aResult(1), aResult(2)]);
  expect(threads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(4999);
  expect(threads[0]?.ended).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(threads[0]?.ended).toBe(1);
});

test('one that takes too long is ended with what waits behind it, and the next search has a new one', async () => {
  const { threads, sql } = aThread();
  const found = [sql.search(aRequest()), sql.search(aRequest())];
  const refused = Promise.all(found.map((one) => expect(one).rejects.toMatchObject({ code: 'unavailable' })));
  await vi.advanceTimersByTimeAsync(1000);
  await refused;
  expect(threads[0]?.ended).toBe(1);
  const next = sql.search(aRequest());
  threads[1]?.answer(0, 7);
  expect(await next).toEqual(aResult(7));
  threads[1]?.emit('message', { id: 99, value: aResult(0) });
});

test('a failure in the thread is told, and a closed one is gone', async () => {
  const { threads, sql } = aThread();
  const failing = expect(sql.search(aRequest())).rejects.toThrow('SqliteError: x');
  threads[0]?.emit('message', { id: threads[0].asked[0]?.id, error: 'SqliteError: x' });
  await failing;
  const dying = expect(sql.search(aRequest())).rejects.toThrow('out of memory');
  threads[0]?.emit('error', new Error('out of memory'));
  threads[0]?.emit('exit', 1);
  await dying;
  const closing = expect(sql.search(aRequest())).rejects.toMatchObject({ code: 'unavailable' });
  await sql.close();
  await closing;
  expect(threads[1]?.ended).toBe(1);
});

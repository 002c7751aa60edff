/** Contract of `FetchState`: cursors, validators and requested days across runs. */
import { describe, expect, it } from 'vitest';
import type { Validators } from '#core/ports/http-client.ts';
import { aDay } from '#tests/days.ts';
import { type MakeStore, open } from '#tests/test-store.ts';
import { describeSourceHealth } from './source-health.ts';

const [at8, at9, at10] = ['2025-12-16T08:00:00Z', '2025-12-16T09:00:00Z', '2025-12-16T10:00:00Z'];
const url = 'https://papers.example/api/daily_papers?date=2025-12-16';
const validators: Validators = { etag: '"a"', lastModified: null };
const takenOver = 'another process has taken over';

export function describeFetchState(makeStore: MakeStore): void {
  describeCheckpoints(makeStore);
  describeAskedDays(makeStore);
  describeSourceHealth(makeStore);
  describeFencing(makeStore);
}

function describeCheckpoints(makeStore: MakeStore): void {
  describe('a checkpoint', () => {
    it('is null before the first one', async () => {
      const { fetchState } = await open(makeStore);
      expect(await fetchState.cursorOf('hf')).toBeNull();
      expect(await fetchState.validatorsOf(url)).toBeNull();
    });

    it('stores the last cursor of each job', async () => {
      const { fetchState } = await open(makeStore);
      await fetchState.checkpoint('hf', '2025-12-15', []);
      await fetchState.checkpoint('hf', '2025-12-16', []);
      await fetchState.checkpoint('arxiv', 'page 2', []);
      expect(await fetchState.cursorOf('hf')).toBe('2025-12-16');
      expect(await fetchState.cursorOf('arxiv')).toBe('page 2');
      expect(await fetchState.cursorOf('h')).toBeNull();
    });

    it('without a cursor ends a job, even one that never started', async () => {
      const { fetchState } = await open(makeStore);
      await fetchState.checkpoint('hf', '2025-12-16', []);
      await fetchState.checkpoint('arxiv', 'page 2', []);
      await fetchState.checkpoint('hf', null, []);
      await fetchState.checkpoint('jsonl', null, []);
      expect(await fetchState.cursorOf('hf')).toBeNull();
      expect(await fetchState.cursorOf('arxiv')).toBe('page 2');
    });

    it('stores the last validators of each URL, even if the cursor is null', async () => {
      const { fetchState } = await open(makeStore);
      const last: Validators = { etag: null, lastModified: 'Tue, 16 Dec 2025 08:00:00 GMT' };
      await fetchState.checkpoint('hf', '2025-12-16', [
        { url, validators },
        { url: `${url}&page=2`, validators },
      ]);
      await fetchState.checkpoint('hf', null, [{ url, validators: last }]);
      expect(await fetchState.validatorsOf(url)).toEqual(last);
      expect(await fetchState.validatorsOf(`${url}&page=2`)).toEqual(validators);
    });

    it('is atomic: the cursor does not move if the validators cannot be stored', async () => {
      const { fetchState } = await open(makeStore);
      const bad = { url: null as unknown as string, validators };
      await expect(async () => fetchState.checkpoint('hf', '2025-12-16', [{ url, validators }, bad])).rejects.toThrow();
      expect(await fetchState.cursorOf('hf')).toBeNull();
      expect(await fetchState.validatorsOf(url)).toBeNull();
    });

    it('survives a crash', async () => {
      const { store, fetchState } = await open(makeStore);
      await fetchState.checkpoint('hf', '2025-12-16', [{ url, validators }]);
      const { fetchState: next } = await (await store.crash()).connect();
      expect(await next.cursorOf('hf')).toBe('2025-12-16');
      expect(await next.validatorsOf(url)).toEqual(validators);
    });

    it('does not change what pages show', async () => {
      const { reader, fetchState } = await open(makeStore);
      const before = await reader.revision();
      await fetchState.checkpoint('hf', '2025-12-16', [{ url, validators }]);
      expect(await reader.revision()).toBe(before);
    });
  });
}

function describeAskedDays(makeStore: MakeStore): void {
  const day = aDay('2025-12-16');

  describe('a requested day', () => {
    it('is stored by source and day with the result of the last response', async () => {
      const { store, fetchState } = await open(makeStore);
      await fetchState.dayAsked('hf', { day, items: 0, reason: 'it is a Saturday' }, at8);
      await fetchState.dayAsked('arxiv', { day, items: 5, reason: null }, at8);
      await fetchState.dayAsked('hf', { day, items: 12, reason: null }, at9);
      await fetchState.dayAsked('hf', { day: aDay('2025-12-15'), items: 3, reason: null }, at9);
      expect(await store.askedDays()).toEqual([
        { source: 'arxiv', day: '2025-12-16', items: 5, reason: null, askedAt: at8 },
        { source: 'hf', day: '2025-12-15', items: 3, reason: null, askedAt: at9 },
        { source: 'hf', day: '2025-12-16', items: 12, reason: null, askedAt: at9 },
      ]);
    });

    it('keeps its item count when the response is 304', async () => {
      const { store, fetchState } = await open(makeStore);
      await fetchState.dayAsked('hf', { day, items: 0, reason: 'it is a Saturday' }, at8);
      await fetchState.dayAsked('hf', { day, items: null, reason: null }, at9);
      expect(await store.askedDays()).toEqual([
        { source: 'hf', day: '2025-12-16', items: 0, reason: 'it is a Saturday', askedAt: at9 },
      ]);
    });

    it('is not stored for a 304 without an earlier response', async () => {
      const { store, fetchState } = await open(makeStore);
      await fetchState.dayAsked('hf', { day, items: null, reason: null }, at9);
      expect(await store.askedDays()).toEqual([]);
    });
  });
}

function describeFencing(makeStore: MakeStore): void {
  it('writes nothing for a process that lost its lease', async () => {
    const { store, lease } = await open(makeStore);
    const { fetchState } = await store.connect({ token: (await lease.acquire(0)) ?? 0 });
    await fetchState.answered('hf', at8, aDay('2025-12-15'));
    const before = await fetchState.healthOf('hf');
    await (await store.connect()).lease.acquire(60_000);
    const writes = [
      () => fetchState.checkpoint('hf', '2025-12-16', [{ url, validators }]),
      () => fetchState.dayAsked('hf', { day: aDay('2025-12-16'), items: 1, reason: null }, at9),
      () => fetchState.asked('hf', at9),
      () => fetchState.answered('hf', at9, aDay('2025-12-16')),
      () => fetchState.failed('hf', 'it answers with status 503', at10),
    ];
    for (const write of writes) await expect(async () => write()).rejects.toThrow(takenOver);
    expect([await fetchState.cursorOf('hf'), await fetchState.validatorsOf(url)]).toEqual([null, null]);
    expect(await fetchState.healthOf('hf')).toEqual(before);
    expect(await store.askedDays()).toEqual([]);
  });
}

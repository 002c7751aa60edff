/** Contract of `RecordWriter`: the holder of the lease saves records in one transaction. */
import { describe, expect, it } from 'vitest';
import { aDay } from '#tests/days.ts';
import {
  aFoundRecord,
  asOnePaper,
  identities,
  papersIn,
  replacing,
  save,
  touchedBy,
  withId,
} from '#tests/port-papers.ts';
import { type MakeStore, open } from '#tests/test-store.ts';
import { describeKeptRecords } from './kept-records.ts';
import { describeNames } from './names.ts';
import { describeSavedPapers } from './saved-papers.ts';

const router = { source: 'arxiv', arxivId: '2405.14906', title: 'A calm paper about routers' } as const;
const decoder = { source: 'arxiv', arxivId: '2406.00105', title: 'A drafted decoder' } as const;

export function describeRecordWriter(makeStore: MakeStore): void {
  describeSaving(makeStore);
  describeTransactions(makeStore);
  describeSavedPapers(makeStore);
  describeNames(makeStore);
  describeKeptRecords(makeStore);
}

function describeSaving(makeStore: MakeStore): void {
  describe('saving records', () => {
    it('returns each record’s outcome by identity: added, unchanged, updated', async () => {
      const { writer } = await open(makeStore);
      const one = aFoundRecord(router).identity;
      const two = aFoundRecord(decoder).identity;
      expect([...(await save(writer, router, decoder))].sort()).toEqual([
        [one, 'added'],
        [two, 'added'],
      ]);
      expect([...(await save(writer, router))]).toEqual([[one, 'unchanged']]);
      expect([...(await save(writer, { ...router, abstract: 'We route.' }, decoder))].sort()).toEqual([
        [one, 'updated'],
        [two, 'unchanged'],
      ]);
    });

    it('returns `added` for the first of several records of a new paper', async () => {
      const { writer } = await open(makeStore);
      const records = [aFoundRecord(router), aFoundRecord({ ...router, source: 'hf' })];
      const outcomes = await writer.saveRecords(records, () => [asOnePaper(records)]);
      expect(records.map(({ identity }) => outcomes.get(identity))).toEqual(['added', 'updated']);
    });

    it('raises the revision only if a paper changes', async () => {
      const { reader, writer } = await open(makeStore);
      const raised: boolean[] = [];
      for (const record of [router, router, { ...router, upvotes: 3 }, { ...router, upvotes: 3 }]) {
        const before = await reader.revision();
        await save(writer, record);
        raised.push((await reader.revision()) > before);
      }
      expect(raised).toEqual([true, false, true, false]);
    });

    it('writes nothing for an empty batch', async () => {
      const { reader, writer } = await open(makeStore);
      expect((await writer.saveRecords([], () => [])).size).toBe(0);
      expect(await reader.paperCount()).toBe(0);
    });

    it('writes nothing if `resolve` returns null', async () => {
      const { reader, writer } = await open(makeStore);
      const before = await reader.revision();
      expect((await writer.saveRecords([aFoundRecord(router)], () => null)).size).toBe(0);
      expect([await reader.paperCount(), await reader.revision()]).toEqual([0, before]);
    });
  });

  describe('the writer’s clock', () => {
    it('is passed to `resolve`', async () => {
      const { writer } = await open(makeStore, { now: '2026-06-01T12:00:00.000Z' });
      const told: string[] = [await writer.now()];
      await writer.saveRecords([], (_, at) => {
        told.push(at);
        return null;
      });
      expect(told).toEqual(['2026-06-01T12:00:00.000Z', '2026-06-01T12:00:00.000Z']);
    });

    it('is the system clock by default', async () => {
      const { writer } = await open(makeStore);
      const before = Date.now();
      const now = Date.parse(await writer.now());
      expect([now >= before, now <= Date.now()]).toEqual([true, true]);
    });
  });
}

function describeTransactions(makeStore: MakeStore): void {
  describe('a transaction of the writer', () => {
    it('rolls back if `resolve` throws, and the next transaction works', async () => {
      const { reader, writer } = await open(makeStore);
      const failing = async () =>
        writer.saveRecords([aFoundRecord(router)], () => {
          throw new Error('no paper');
        });
      await expect(failing).rejects.toThrow('no paper');
      expect(await reader.paperCount()).toBe(0);
      await save(writer, router);
      expect(await reader.paperCount()).toBe(1);
    });

    it('rolls back all papers if one cannot be written, and later counts of names are right', async () => {
      const { reader, writer } = await open(makeStore);
      const records = [router, decoder].map((one) =>
        aFoundRecord({ ...one, authors: ['Ann Lee'], keywords: ['Routing'] }),
      );
      const sameId = () => records.map((found) => withId(asOnePaper([found]), 'same'));
      const before = await reader.revision();
      await expect(async () => writer.saveRecords(records, sameId)).rejects.toThrow();
      expect([await reader.paperCount(), await reader.revision()]).toEqual([0, before]);
      expect([await reader.findAuthor('Ann Lee'), await reader.findTag('routing')]).toEqual([null, null]);
      await writer.saveRecords(records, replacing(records));
      expect(await reader.findAuthor('Ann Lee')).toMatchObject({ count: 2 });
      expect(await reader.findTag('routing')).toMatchObject({ count: 2 });
    });

    it('sees the latest commit of another process', async () => {
      const { store, writer } = await open(makeStore);
      await save((await store.connect()).writer, router);
      expect(identities(await touchedBy(writer, aFoundRecord(router)))).toEqual([aFoundRecord(router).identity]);
    });

    it('is serialized with a concurrent transaction of another process', async () => {
      const { store, reader, writer } = await open(makeStore);
      const other = (await store.connect()).writer;
      const years = Array.from({ length: 20 }, (_, i) => ({
        source: i % 2 ? 'hf' : 'arxiv',
        ownId: `p${i >> 1}`,
        title: `Paper ${i >> 1}`,
      }));
      await Promise.all(years.map((record, i) => save(i % 2 ? writer : other, record)));
      expect([...(await papersIn(reader)).values()].map(({ title }) => title).sort()).toEqual(
        Array.from({ length: 10 }, (_, i) => `Paper ${i}`),
      );
    });

    it('writes nothing for a process that lost its lease', async () => {
      const { store, lease, reader } = await open(makeStore);
      const { writer } = await store.connect({ token: (await lease.acquire(0)) ?? 0 });
      await save(writer, decoder);
      await (await store.connect()).lease.acquire(60_000);
      await expect(async () => save(writer, router)).rejects.toThrow('another process has taken over');
      await (await store.connect()).fetchState.dayAsked(
        'hf',
        { day: aDay('1900-01-01'), items: 1, reason: null },
        '2025-12-16T08:00:00Z',
      );
      const limits = { from: aDay('1900-01-02'), to: aDay('2199-12-31') };
      await expect(async () => writer.forgetDaysBeyond(limits)).rejects.toThrow('another process has taken over');
      expect(await reader.paperCount()).toBe(1);
      expect(await store.askedDays()).toHaveLength(1);
    });

    it('survives a crash after it has returned', async () => {
      const { store, writer } = await open(makeStore);
      await save(writer, router);
      const { reader } = await (await store.crash()).connect();
      expect(await reader.findPaper('2405.14906')).toMatchObject({ paper: { title: router.title } });
    });
  });
}

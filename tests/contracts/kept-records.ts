/** Contract of `RecordWriter`: pages of stored records, dates outside limits, the version of the topics. */
import { describe, expect, it } from 'vitest';
import type { DateLimits, StoredRecordPage } from '#core/ports/ingest.ts';
import { aDay } from '#tests/days.ts';
import { aFoundRecord, asOnePaper, keyOf, save } from '#tests/port-papers.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';

const at8 = '2025-12-16T08:00:00Z';
const period = (from: string, to: string) => ({ from: aDay(from), to: aDay(to) });
const everything: DateLimits = {
  listed: period('1900-01-01', '2199-12-31'),
  published: period('1000-01-01', '2199-12-31'),
};

/** Returns the identities on every page, from the first to the last. */
async function pagesOf(next: (after: number) => StoredRecordPage | Promise<StoredRecordPage>): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after = 0; ; ) {
    const { records, last } = await next(after);
    if (records.length === 0) return pages;
    pages.push(records.map(({ identity }) => identity).sort());
    after = last;
  }
}

const numbered = (n: number) => ({ source: 'jsonl', ownId: `p${n}`, title: `Paper ${n}` });

export function describeKeptRecords(makeStore: MakeStore): void {
  describePages(makeStore);
  describeDatesBeyond(makeStore);
  describeForgottenDays(makeStore);
  describeTopicsVersion(makeStore);
}

function describePages(makeStore: MakeStore): void {
  describe('a page of stored records', () => {
    it('continues after the given key and is empty after the last paper', async () => {
      const { reader, writer } = await open(makeStore);
      expect(await writer.keptAfter(7, 10)).toEqual({ records: [], last: 7 });
      await save(writer, numbered(1));
      const last = await reader.latestKey();
      expect(await writer.keptAfter(last, 10)).toEqual({ records: [], last });
    });

    it('has all records of its papers, so that all pages together have each record once', async () => {
      const { writer } = await open(makeStore);
      const shared = [aFoundRecord(numbered(2)), aFoundRecord({ ...numbered(2), source: 'listing' })];
      await save(writer, numbered(1));
      await writer.saveRecords(shared, () => [asOnePaper(shared)]);
      await save(writer, numbered(3));
      const [one, three] = [aFoundRecord(numbered(1)).identity, aFoundRecord(numbered(3)).identity];
      const two = shared.map(({ identity }) => identity).sort();
      expect(await pagesOf((after) => writer.keptAfter(after, 2))).toEqual([[one, ...two].sort(), [three]]);
      expect(await pagesOf((after) => writer.keptAfter(after, 1))).toEqual([[one], two, [three]]);
    });

    it('returns records as they were saved', async () => {
      const { writer } = await open(makeStore);
      const found = aFoundRecord({ ...numbered(1), abstract: 'We route.', authors: ['Ann Lee'], upvotes: 3 });
      await writer.saveRecords([found], () => [asOnePaper([found])]);
      expect((await writer.keptAfter(0, 1)).records).toMatchObject([found]);
    });
  });
}

function describeDatesBeyond(makeStore: MakeStore): void {
  async function aStoreWithDates() {
    const ports = await open(makeStore);
    await save(
      ports.writer,
      { ...numbered(1), publishedOn: '2024-05-23', listings: [{ day: '2025-12-16', position: 1 }] },
      { ...numbered(2), publishedOn: '2023' },
      {
        ...numbered(3),
        listings: [
          { day: '2025-12-12', position: 1 },
          { day: '2025-12-18', position: 4 },
        ],
      },
      numbered(4),
    );
    return ports;
  }
  const beyond = async ({ writer }: StorePorts, limits: Partial<DateLimits>) => {
    const pages = await pagesOf((after) => writer.keptWithDatesBeyond({ ...everything, ...limits }, after, 1));
    const has = await writer.hasDatesBeyond({ ...everything, ...limits });
    return [has, pages.flat().map((identity) => identity.replace(/^.*\b(p\d)\b.*$/, '$1'))];
  };

  describe('dates outside the limits', () => {
    it('are absent from an empty store', async () => {
      expect(await beyond(await open(makeStore), { published: period('2025-01-01', '2025-01-01') })).toEqual([
        false,
        [],
      ]);
    });

    it.each<[string, Partial<DateLimits>, string[]]>([
      ['none within wide limits', {}, []],
      [
        'none at the limits themselves',
        { published: period('2023-01-01', '2024-05-23'), listed: period('2025-12-12', '2025-12-18') },
        [],
      ],
      ['a day of publication after the last', { published: period('2023-01-01', '2024-05-22') }, ['p1']],
      ['a year of publication that begins before the first', { published: period('2023-01-02', '2199-12-31') }, ['p2']],
      ['a listing day after the last', { listed: period('1900-01-01', '2025-12-17') }, ['p3']],
      ['listing days before the first', { listed: period('2025-12-17', '2199-12-31') }, ['p1', 'p3']],
    ])('are found: %s', async (_, limits, ids) => {
      expect(await beyond(await aStoreWithDates(), limits)).toEqual([ids.length > 0, ids]);
    });
  });
}

function describeForgottenDays(makeStore: MakeStore): void {
  const limits = period('1900-01-01', '2025-12-17');
  const beyondDay = { ...everything, listed: limits };

  describe('a requested day', () => {
    it('outside the limits is found and deleted, with the newest day of its source', async () => {
      const { store, reader, writer, fetchState } = await open(makeStore);
      for (const [day, items] of [
        ['2025-12-15', 3],
        ['2025-12-16', 0],
        ['2025-12-31', 2],
      ] as const)
        await fetchState.dayAsked('hf', { day: aDay(day), items, reason: null }, at8);
      await fetchState.answered('hf', at8, aDay('2025-12-31'));
      await fetchState.asked('hf', at8);
      expect(await writer.hasDatesBeyond(beyondDay)).toBe(true);
      const before = await reader.revision();
      await writer.forgetDaysBeyond(limits);
      expect(await writer.hasDatesBeyond(beyondDay)).toBe(false);
      expect((await store.askedDays()).map(({ day }) => day)).toEqual(['2025-12-15', '2025-12-16']);
      expect(await fetchState.healthOf('hf')).toMatchObject({ latestDay: '2025-12-15' });
      expect(await reader.revision()).toBeGreaterThan(before);
    });

    it('is compared with the later of the clock and the time of the request', async () => {
      const { store, writer, fetchState } = await open(makeStore);
      await fetchState.dayAsked('hf', { day: aDay('2025-12-31'), items: 2, reason: null }, '2025-12-30T08:00:00Z');
      expect(await writer.hasDatesBeyond(beyondDay)).toBe(false);
      await writer.forgetDaysBeyond(limits);
      expect(await store.askedDays()).toHaveLength(1);
    });

    it('within the limits stays, and nothing changes', async () => {
      const { store, reader, writer, fetchState } = await open(makeStore);
      await fetchState.dayAsked('hf', { day: aDay('2025-12-17'), items: 2, reason: null }, at8);
      const before = await reader.revision();
      await writer.forgetDaysBeyond(limits);
      expect(await store.askedDays()).toHaveLength(1);
      expect(await reader.revision()).toBe(before);
    });
  });

  it('papers stay when requested days are deleted', async () => {
    const { reader, writer, fetchState } = await open(makeStore);
    await save(writer, { ...numbered(1), listings: [{ day: '2025-12-16', position: 1 }] });
    await fetchState.dayAsked('hf', { day: aDay('2025-12-16'), items: 1, reason: null }, '2025-12-01T08:00:00Z');
    await writer.forgetDaysBeyond(period('1900-01-01', '2025-12-12'));
    expect(await reader.listedOn(aDay('2025-12-16'))).toEqual([await keyOf(reader, 'p1')]);
  });
}

function describeTopicsVersion(makeStore: MakeStore): void {
  describe('the version of the topics', () => {
    it('is empty at first, then the last value set on any connection', async () => {
      const { store, writer } = await open(makeStore);
      expect(await writer.topicsVersion()).toBe('');
      await writer.setTopicsVersion('a1');
      await writer.setTopicsVersion('b2');
      expect(await (await store.connect()).writer.topicsVersion()).toBe('b2');
      expect(await (await (await store.crash()).connect()).writer.topicsVersion()).toBe('b2');
    });
  });
}

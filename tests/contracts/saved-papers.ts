/** Contract of `RecordWriter`: which stored records `resolve` receives, and the keys and addresses of papers. */
import { describe, expect, it } from 'vitest';
import type { FoundRecord } from '#core/ports/ingest.ts';
import { aDay } from '#tests/days.ts';
import {
  aFoundRecord,
  asOnePaper,
  identities,
  keyOf,
  papersIn,
  replacing,
  save,
  touchedBy,
  withId,
} from '#tests/port-papers.ts';
import { type MakeStore, open } from '#tests/test-store.ts';

const router = { source: 'arxiv', arxivId: '2405.14906', title: 'A calm paper about routers' } as const;
const decoder = { source: 'arxiv', arxivId: '2406.00105', title: 'A drafted decoder' } as const;

export function describeSavedPapers(makeStore: MakeStore): void {
  describeTouchedRecords(makeStore);
  describeRows(makeStore);
}

function describeTouchedRecords(makeStore: MakeStore): void {
  describe('the stored records that `resolve` receives', () => {
    it.each([
      ['the same identity', { ...router, title: 'Another title' }, router],
      ['the same title', { ...router, arxivId: '2407.00001' }, router],
      ['the same id', { ...router, source: 'hf', title: 'Another title' }, router],
      [
        'an id that it has besides',
        { source: 'jsonl', title: 'Another title', otherIds: ['acl:W11'] },
        { ...router, otherIds: ['acl:W11'] },
      ],
      [
        'its id as another’s besides',
        { source: 'jsonl', title: 'Another title', ownId: 'W11' },
        { ...router, otherIds: ['W11'] },
      ],
    ])('are those with %s', async (_, incoming, kept) => {
      const { writer } = await open(makeStore);
      await save(writer, kept, decoder);
      expect(identities(await touchedBy(writer, aFoundRecord(incoming)))).toEqual([aFoundRecord(kept).identity]);
    });

    it('are empty for a record without any match', async () => {
      const { writer } = await open(makeStore);
      await save(writer, decoder);
      expect(await touchedBy(writer, aFoundRecord(router))).toEqual([]);
    });

    it('include indirect matches and all records of each paper', async () => {
      const { writer } = await open(makeStore);
      const chain = [
        aFoundRecord({ ...router, title: 'First title' }),
        aFoundRecord({ source: 'hf', arxivId: '2405.14906', title: 'Second title' }),
        aFoundRecord({ source: 'jsonl', ownId: 'third', title: 'Second title', otherIds: ['acl:W11'] }),
        aFoundRecord({ source: 'other', ownId: 'fourth', title: 'Fourth title', otherIds: ['acl:W11'] }),
      ];
      await writer.saveRecords(chain, () =>
        chain.map((found) => asOnePaper([found])).map((one, i) => withId(one, `paper-${i}`)),
      );
      await save(writer, decoder);
      expect(identities(await touchedBy(writer, aFoundRecord({ source: 'listing', title: 'First title' })))).toEqual(
        identities(chain),
      );
    });

    it('are as they were saved, independent of the paper’s other records', async () => {
      const { writer } = await open(makeStore);
      const records = [
        aFoundRecord({
          ...router,
          abstract: 'We route.',
          authors: ['Ann Lee', 'Bo Ek'],
          upvotes: 3,
          categories: ['cs.NI'],
        }),
        aFoundRecord({
          ...router,
          source: 'listing',
          title: 'A CALM PAPER ABOUT ROUTERS',
          authors: ['A. Lee'],
          comment: '8 pages',
        }),
        aFoundRecord({
          ...router,
          source: 'hf',
          abstract: 'We route packets.',
          listings: [{ day: '2025-12-16', position: 2 }],
        }),
      ];
      await writer.saveRecords(records, () => [asOnePaper(records)]);
      const kept = await touchedBy(writer, records[0] as FoundRecord);
      for (const found of records)
        expect(kept.find(({ identity }) => identity === found.identity)).toMatchObject(found);
      expect(kept).toHaveLength(3);
    });
  });
}

function describeRows(makeStore: MakeStore): void {
  describe('a paper’s key', () => {
    it('stays when its records change', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, router);
      const key = await keyOf(reader, '2405.14906');
      await save(writer, { ...router, title: 'Another title' }, { ...router, source: 'hf', title: 'Another title' });
      expect([...(await papersIn(reader))]).toMatchObject([[key, { title: 'Another title' }]]);
    });

    it.each([
      ['first', 0],
      ['last', 1],
    ])(
      'is the one of its id when two papers become one, which came %s, and the other is gone with all that hung on it',
      async (_, last) => {
        const { reader, writer } = await open(makeStore);
        const draft = {
          source: 'jsonl',
          title: 'A draft',
          keywords: ['Drafts'],
          listings: [{ day: '2025-12-12', position: 1 }],
        };
        const records = [
          aFoundRecord({ ...draft, authors: ['Ann Lee'] }),
          aFoundRecord({ ...router, authors: ['Ann Lee'] }),
        ];
        for (const found of last ? records : records.toReversed())
          await writer.saveRecords([found], replacing([found]));
        const [gone, key] = [await keyOf(reader, 'a-draft'), await keyOf(reader, '2405.14906')];
        expect(key > gone).toBe(last === 1);
        await writer.saveRecords(records, () => [withId(asOnePaper(records), '2405.14906')]);
        expect([...(await papersIn(reader)).keys()]).toEqual([key]);
        expect([...(await reader.papersByKey([gone]))]).toEqual([]);
        expect(await reader.listedOn(aDay('2025-12-12'))).toEqual([key]);
        expect(await reader.findAuthor('Ann Lee')).toMatchObject({ count: 1 });
        expect(await reader.latestKey()).toBe(key);
      },
    );

    it('stays with the paper of its id when a paper is split', async () => {
      const { reader, writer } = await open(makeStore);
      const records = [aFoundRecord({ source: 'jsonl', title: 'A draft' }), aFoundRecord(router)];
      await writer.saveRecords(records, () => [withId(asOnePaper(records), '2405.14906')]);
      const key = await keyOf(reader, '2405.14906');
      await writer.saveRecords(records, replacing(records));
      expect(await keyOf(reader, '2405.14906')).toBe(key);
      expect(await reader.paperCount()).toBe(2);
      expect(await keyOf(reader, 'a-draft')).toBeGreaterThan(key);
    });

    it('is never reused for another paper', async () => {
      const { reader, writer } = await open(makeStore);
      const records = [aFoundRecord(router), aFoundRecord({ source: 'jsonl', title: 'A draft' })];
      await writer.saveRecords(records, replacing(records));
      const draft = await keyOf(reader, 'a-draft');
      await writer.saveRecords(records, () => [withId(asOnePaper(records), '2405.14906')]);
      await save(writer, decoder);
      expect(await keyOf(reader, '2406.00105')).toBeGreaterThan(draft);
    });
  });

  describe('the address of a paper without an id', () => {
    it('is a slug of its title, numbered if taken, and never the address of a page', async () => {
      const { reader, writer } = await open(makeStore);
      const titles = ['A draft', 'A draft!', 'A — draft', 'Trending', '漢'];
      const records = titles.map((title, i) => ({
        ...aFoundRecord({ source: 'jsonl', title }),
        identity: `jsonl|${i}`,
      }));
      await writer.saveRecords(records, () => records.map((found) => asOnePaper([found])));
      const ids = [...(await papersIn(reader)).values()].map(({ id }) => id);
      expect(ids.slice(0, 4)).toEqual(['a-draft', 'a-draft-2', 'a-draft-3', 'trending-2']);
      expect(new Set(ids).size).toBe(5);
    });
  });
}

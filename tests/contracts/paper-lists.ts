/** Contract of `PaperReader`: listing days and keys, with every order and tie. */
import { describe, expect, it } from 'vitest';
import { aDay } from '#tests/days.ts';
import { keyOf, save } from '#tests/port-papers.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';

const day = '2025-12-16';
const numbered = (n: number) => ({ source: 'jsonl', ownId: `p${n}`, title: `Paper ${n}` });
const keysOf = (reader: StorePorts['reader'], ...ids: string[]) => Promise.all(ids.map((id) => keyOf(reader, id)));

export function describePaperLists(makeStore: MakeStore): void {
  describeListings(makeStore);
  describeKeys(makeStore);
}

function describeListings(makeStore: MakeStore): void {
  describe('listing days', () => {
    it('are empty in an empty store', async () => {
      const { reader } = await open(makeStore);
      expect(await reader.listingDays()).toEqual([]);
      expect(await reader.listedOn(aDay(day))).toEqual([]);
    });

    it('ascend and count each paper once, even if several sources listed it', async () => {
      const { reader, writer } = await open(makeStore);
      await save(
        writer,
        { ...numbered(1), listings: [{ day, position: 1 }] },
        {
          ...numbered(2),
          listings: [
            { day, position: 2 },
            { day: '1999-01-04', position: 1 },
            { source: 'hf', day, position: 9 },
          ],
        },
        numbered(3),
      );
      expect(await reader.listingDays()).toEqual([
        { day: '1999-01-04', count: 1 },
        { day, count: 2 },
      ]);
    });

    it('omit a day whose only paper is no longer listed on it', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, { ...numbered(1), listings: [{ day, position: 1 }] });
      await save(writer, { ...numbered(1), listings: [{ day: '2025-12-17', position: 1 }] });
      expect(await reader.listingDays()).toEqual([{ day: '2025-12-17', count: 1 }]);
    });
  });

  describe('papers of a listing day', () => {
    it('are ordered by position, then key, each once at its first position', async () => {
      const { reader, writer } = await open(makeStore);
      const at = (...positions: number[]) =>
        positions.map((position, i) => ({ source: i === 0 ? 'hf' : 'listing', day, position }));
      await save(
        writer,
        { ...numbered(1), listings: at(3) },
        { ...numbered(2), listings: at(2) },
        { ...numbered(3), listings: at(2) },
        { ...numbered(4), listings: at(10, 1) },
        { ...numbered(5), listings: [{ day: '2025-12-17', position: 1 }] },
      );
      expect(await reader.listedOn(aDay(day))).toEqual(await keysOf(reader, 'p4', 'p2', 'p3', 'p1'));
      expect(await reader.listedOn(aDay('2025-12-15'))).toEqual([]);
    });
  });
}

function describeKeys(makeStore: MakeStore): void {
  describe('keys', () => {
    it('start above 0: an empty store has no papers, latest key 0 and no ids', async () => {
      const { reader } = await open(makeStore);
      expect([await reader.paperCount(), await reader.latestKey(), await reader.idsAfter(0, 10)]).toEqual([0, 0, []]);
    });

    it('rise with each new paper and order the pages of ids', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, numbered(2), numbered(1));
      const before = await reader.latestKey();
      await save(writer, numbered(3), numbered(2));
      const third = await keyOf(reader, 'p3');
      expect([await reader.paperCount(), await reader.latestKey(), third > before]).toEqual([3, third, true]);
      const all = await reader.idsAfter(0, 10);
      expect(all.map(({ id }) => id).sort()).toEqual(['p1', 'p2', 'p3']);
      expect(all.map(({ key }) => key)).toEqual(all.map(({ key }) => key).sort((a, b) => a - b));
      expect(await reader.idsAfter(0, 2)).toEqual(all.slice(0, 2));
      expect(await reader.idsAfter(all[1]?.key ?? 0, 2)).toEqual([{ key: third, id: 'p3' }]);
      expect(await reader.idsAfter(third, 2)).toEqual([]);
    });
  });
}

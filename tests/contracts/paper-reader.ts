/** Contract of `PaperReader`: revision, papers by key, papers by id or alias. */
import { describe, expect, it } from 'vitest';
import { aFoundRecord, asOnePaper, keyOf, save } from '#tests/port-papers.ts';
import { type MakeStore, open } from '#tests/test-store.ts';
import { describeNameReader } from './name-reader.ts';
import { describePaperLists } from './paper-lists.ts';

const day = '2025-12-16';
const hf = { source: 'hf', arxivId: '2405.14906', title: 'A calm paper about routers' } as const;
const numbered = (n: number) => ({ source: 'jsonl', ownId: `p${n}`, title: `Paper ${n}` });

export function describePaperReader(makeStore: MakeStore): void {
  describeRevision(makeStore);
  describePapers(makeStore);
  describeFinding(makeStore);
  describePaperLists(makeStore);
  describeNameReader(makeStore);
}

function describeRevision(makeStore: MakeStore): void {
  describe('the revision', () => {
    it('is equal on all connections and constant while nothing changes', async () => {
      const { store, reader } = await open(makeStore);
      const revision = await reader.revision();
      expect(await reader.revision()).toBe(revision);
      expect(await (await store.connect()).reader.revision()).toBe(revision);
    });

    it('rises with every change of a paper from any connection', async () => {
      const { store, reader } = await open(makeStore);
      const { writer } = await store.connect();
      const revisions = [await reader.revision()];
      for (const upvotes of [1, 2, 3]) {
        await save(writer, { ...hf, upvotes });
        revisions.push(await reader.revision());
      }
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    });
  });
}

function describePapers(makeStore: MakeStore): void {
  describe('papers by their keys', () => {
    it('are complete', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, {
        ...hf,
        abstract: 'We draft “code”.\nIt costs $O(n)$. 漢字 🙂',
        authors: ['Zoë O’Neil', 'Bin Lei'],
        organization: 'Example University',
        publishedOn: '2024-05-23',
        listings: [
          { day, position: 2 },
          { day: '2025-12-12', position: 1 },
        ],
        upvotes: 3,
        commentCount: 0,
        links: [{ kind: 'code', url: 'https://github.com/example/routers' }],
        categories: ['cs.SE'],
        otherIds: ['acl:W11-3507'],
        comment: '8 pages',
        withdrawn: true,
      });
      const key = await keyOf(reader, '2405.14906');
      const paper = (await reader.papersByKey([key])).get(key);
      expect(paper).toMatchObject({
        id: '2405.14906',
        arxivId: '2405.14906',
        title: hf.title,
        abstract: 'We draft “code”.\nIt costs $O(n)$. 漢字 🙂',
        authors: ['Zoë O’Neil', 'Bin Lei'],
        authorCount: 2,
        organization: 'Example University',
        publishedOn: '2024-05-23',
        upvotes: 3,
        commentCount: 0,
        comment: '8 pages',
        withdrawn: true,
        aliases: expect.arrayContaining(['acl:W11-3507']),
        provenance: [{ source: 'hf', fetchedAt: '2025-12-16T08:00:00Z' }],
      });
      expect(paper?.listings.map((listing) => `${listing.source} ${listing.day} ${listing.position}`).sort()).toEqual([
        'hf 2025-12-12 1',
        'hf 2025-12-16 2',
      ]);
      expect(paper?.links).toContainEqual({ kind: 'code', url: 'https://github.com/example/routers' });
      expect(paper?.tags).toContainEqual({ kind: 'category', slug: 'cs.se', label: 'cs.SE', words: [] });
    });

    it('have null in fields that no source supplied', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, numbered(1));
      const nothing = {
        arxivId: null,
        abstract: '',
        authors: [],
        authorCount: null,
        organization: null,
        publishedOn: null,
      };
      const counts = {
        listings: [],
        upvotes: null,
        commentCount: null,
        tags: [],
        comment: null,
        withdrawn: false,
        aliases: [],
      };
      expect((await reader.findPaper('p1'))?.paper).toMatchObject({ ...nothing, ...counts });
    });

    it('omit keys that were deleted or never existed', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, numbered(1), numbered(2));
      const [one, two] = [await keyOf(reader, 'p1'), await keyOf(reader, 'p2')];
      const papers = await reader.papersByKey([two, 0, -1, 999_999, one, two]);
      expect([...papers.keys()].sort((a, b) => a - b)).toEqual([one, two]);
      expect(papers.get(two)?.id).toBe('p2');
    });

    it('are empty for no keys and complete for more keys than SQLite allows parameters', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, numbered(1));
      const key = await keyOf(reader, 'p1');
      expect((await reader.papersByKey([])).size).toBe(0);
      expect([...(await reader.papersByKey(Array.from({ length: 70_000 }, (_, i) => i + key))).keys()]).toEqual([key]);
    });
  });
}

function describeFinding(makeStore: MakeStore): void {
  describe('finding a paper', () => {
    it('returns null in an empty store', async () => {
      expect(await (await open(makeStore)).reader.findPaper('2405.14906')).toBeNull();
    });

    it('accepts its id and every alias and returns its id', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, numbered(1), { ...hf, otherIds: ['acl:W11-3507', 'acl:W11-3508'] });
      for (const asked of ['2405.14906', 'acl:W11-3507', 'acl:W11-3508'])
        expect(await reader.findPaper(asked)).toMatchObject({
          key: await keyOf(reader, '2405.14906'),
          paper: { id: '2405.14906' },
        });
    });

    it.each(['', 'P1', 'p1 ', 'p', 'p%', 'p_', "p1' OR 1", 'ｐ1', 'p1\u0301', '🙂', '\ud800', 'x'.repeat(5_000)])(
      'takes nothing else: %j',
      async (asked) => {
        const { reader, writer } = await open(makeStore);
        await save(writer, numbered(1));
        expect(await reader.findPaper(asked)).toBeNull();
      },
    );

    it('prefers an id to an equal alias', async () => {
      const { reader, writer } = await open(makeStore);
      const records = [aFoundRecord({ ...numbered(1), otherIds: ['p2'] }), aFoundRecord(numbered(2))];
      await writer.saveRecords(records, () => records.map((found) => asOnePaper([found])));
      expect((await reader.findPaper('p2'))?.paper.id).toBe('p2');
    });

    it('resolves a shared alias to the paper with the first id by code point', async () => {
      const { reader, writer } = await open(makeStore);
      const ids = ['b3', 'a2', 'C4', 'c1'];
      await save(writer, ...ids.map((ownId) => ({ source: 'jsonl', ownId, title: `Paper ${ownId}` })));
      await save(
        writer,
        ...ids.slice(0, 2).map((ownId) => ({ source: 'jsonl', ownId, title: `Paper ${ownId}`, otherIds: ['acl:W11'] })),
      );
      expect((await reader.findPaper('acl:W11'))?.paper.id).toBe('a2');
    });
  });
}

/** Saving and loading the index. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumOf } from '#search/index/checksum.ts';
import { loadIndex, saveIndex } from '#search/index/saved-index.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { FakeDocuments } from '#tests/search-fake-documents.ts';
import { MemoryFiles } from '#tests/search-memory-files.ts';
import { aRequest, arbitraryStore, arbitraryWhere, manyPapers, toDocuments } from '#tests/search-stores.ts';

const timeoutMs = 60_000;
const storeId = 'this store';

async function aSavedIndex() {
  const papers = manyPapers(300).map((paper, key) => ({ paper, key }));
  const index = new SearchIndex(new FakeDocuments());
  index.update(toDocuments(papers.slice(0, 200)), { removed: [], revision: 1 });
  index.update(toDocuments(papers.slice(190)), { removed: [3, 4], revision: 7 });
  const files = new MemoryFiles();
  await saveIndex(files, { ...stateOf(index), storeId });
  return { index, files };
}

const stateOf = (index: SearchIndex) => ({ segments: index.segments, revision: index.revision });

async function loaded(files: MemoryFiles): Promise<SearchIndex> {
  const state = await loadIndex(files, storeId);
  if ('reason' in state) throw new Error(state.reason);
  return new SearchIndex(new FakeDocuments(), state);
}

test(
  'a loaded index returns the same results as the saved index',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStore, arbitraryStore, arbitraryWhere, async (some, others, where) => {
        const index = new SearchIndex(new FakeDocuments(toDocuments([...some, ...others])));
        index.update(toDocuments(some), { removed: [], revision: 1 });
        index.update(toDocuments(others), { removed: [1, 2], revision: 2 });
        const files = new MemoryFiles();
        await saveIndex(files, { ...stateOf(index), storeId });
        const request = aRequest({
          where: where.filter((condition) => condition.kind !== 'text' || condition.match !== 'prefix'),
          sort: 'relevance',
        });
        expect((await loaded(files)).search(request)).toEqual(index.search(request));
      }),
      { numRuns: propertyRuns(60) },
    );
  },
  timeoutMs,
);

test('saving writes only new segments and removes unused files', async () => {
  const { index, files } = await aSavedIndex();
  const before = new Map(files.files);
  index.update(toDocuments(manyPapers(5, 2).map((paper, key) => ({ paper, key: 900 + key }))), {
    removed: [],
    revision: 8,
  });
  await saveIndex(files, { ...stateOf(index), storeId });
  const unchanged = [...before].filter(([name, bytes]) => files.files.get(name) === bytes).map(([name]) => name);
  expect(unchanged).toHaveLength(2);
  for (const _ of index.mergeSmallSegments());
  await saveIndex(files, { ...stateOf(index), storeId });
  expect([...files.files.keys()].filter((name) => unchanged.includes(name))).toEqual([]);
  expect((await loaded(files)).search(aRequest())).toEqual(index.search(aRequest()));
});

test(
  'loadIndex rejects changed, truncated and missing files and the index of another store, with the reason',
  async () => {
    const { files } = await aSavedIndex();
    expect(await loadIndex(files, 'another store')).toEqual({
      reason: 'it belongs to another store',
      isDamaged: false,
    });
    expect(await loadIndex(new MemoryFiles(), storeId)).toEqual({ reason: 'none is saved', isDamaged: false });
    for (const [name, bytes] of [...files.files]) {
      const damagedFiles = [
        bytes.slice(0, bytes.length - 1),
        bytes.slice(0, bytes.length >> 1),
        bytes.slice(0, 3),
        new Uint8Array(bytes.length),
        new Uint8Array(0),
      ];
      for (let i = 0; i < 40; i++) {
        const broken = bytes.slice();
        const index = Math.floor((i / 40) * bytes.length);
        broken[index] = (broken[index] ?? 0) ^ (1 << (i % 8));
        damagedFiles.push(broken);
      }
      for (const damaged of damagedFiles) {
        files.files.set(name, damaged);
        expect(await loadIndex(files, storeId)).toHaveProperty('reason');
      }
      files.files.delete(name);
      expect(await loadIndex(files, storeId)).toHaveProperty('reason');
      files.files.set(name, bytes);
    }
    expect(await loadIndex(files, storeId)).toHaveProperty('segments');
  },
  timeoutMs,
);

test(
  'loadIndex reports an index of another format as such and not as damaged',
  async () => {
    const { files } = await aSavedIndex();
    files.files.set('index.json', Buffer.from('1\n{"format":7}'));
    expect(await loadIndex(files, storeId)).toEqual({ reason: 'it is of another version', isDamaged: false });
  },
  timeoutMs,
);

test(
  'a checksum does not depend on the boundaries of the parts',
  async () => {
    const pause = async () => {};
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 100 }),
        fc.array(fc.nat(100), { maxLength: 5 }),
        async (bytes, cuts) => {
          const borders = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
          const parts = borders.slice(1).map((end, i) => bytes.slice(borders[i], end));
          expect(await checksumOf(parts, pause)).toBe(await checksumOf([bytes], pause));
        },
      ),
    );
  },
  timeoutMs,
);

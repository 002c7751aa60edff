/** Record linkage on a real database: each paper is stored once, for any order and chunking of its records. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperRecordInput } from '#core/record.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { fromPaperRow, type StoredPaperRow } from '#store/sqlite/papers/paper-rows.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { storeEssence } from '#tests/store-essence.ts';
import { aTempStore } from '#tests/temp-store.ts';

type Store = ReturnType<typeof aTempStore>;

const ingest = (store: Store, records: readonly PaperRecordInput[]) =>
  ingestPapers(eventsOf(records), { writer: store.writer });

const papersOf = (store: Store) =>
  store.database.prepare<[], StoredPaperRow>('SELECT * FROM Paper ORDER BY id').all().map(fromPaperRow);

describe('record linkage', () => {
  test('a listed paper and its later arXiv record share a row, and the old address is an alias', async () => {
    const store = aTempStore();
    await ingest(store, [aRecordInput({ source: 'listing', title: 'CodeT5+: Open Code Models', authorCount: 6 })]);
    const report = await ingest(store, [
      aRecordInput({
        source: 'hf',
        arxivId: '2305.07922',
        title: 'CodeT5+:  Open code models',
        authors: ['Yue Wang', 'Hung Le'],
      }),
    ]);
    expect(report).toMatchObject({ read: 1, added: 0, updated: 1 });
    expect(papersOf(store)).toMatchObject([{ id: '2305.07922', authorCount: 2, aliases: ['codet5-open-code-models'] }]);
    expect(store.database.prepare('SELECT alias FROM Alias').all()).toEqual([{ alias: 'codet5-open-code-models' }]);
  });

  test('three papers with the ambiguous title Preface stay separate', async () => {
    const store = aTempStore();
    await ingest(store, [
      aRecordInput({ title: 'Preface', otherIds: ['acl:1'], authors: ['Ann Lee'] }),
      aRecordInput({ title: 'Preface', otherIds: ['acl:2'], authors: ['Bo Chen'] }),
      aRecordInput({ title: 'Preface', source: 'listing', authorCount: 3 }),
    ]);
    expect(papersOf(store).map((paper) => paper.id)).toEqual(['preface', 'preface-2', 'preface-3']);
  });

  test('two arXiv ids are never merged, even with the same title and author', async () => {
    const store = aTempStore();
    await ingest(
      store,
      ['2401.00001', '2401.00002'].map((arxivId) => aRecordInput({ arxivId, authors: ['Ann Lee'] })),
    );
    expect(papersOf(store)).toHaveLength(2);
  });

  test('a record that was matched by title separates when the title becomes ambiguous', async () => {
    const store = aTempStore();
    await ingest(store, [aRecordInput({ source: 'listing', authorCount: 4 }), aRecordInput({ arxivId: '2401.00001' })]);
    expect(papersOf(store)).toHaveLength(1);
    await ingest(store, [aRecordInput({ arxivId: '2401.00002' })]);
    expect(papersOf(store).map((paper) => paper.id)).toEqual([
      '2401.00001',
      '2401.00002',
      'a-calm-paper-about-routers',
    ]);
  });

  test('repeated records change nothing, not even the revision', async () => {
    const store = aTempStore();
    const records = [
      aRecordInput({ upvotes: 3 }),
      aRecordInput({ arxivId: '2401.00001', title: 'Another', abstract: 'On maps.' }),
    ];
    await ingest(store, records);
    const revision = store.database.prepare('SELECT revision FROM Store').get();
    const report = await ingest(
      store,
      records.map((record) => ({ ...record, fetchedAt: '2025-12-17T08:00:00Z' })),
    );
    expect(report).toMatchObject({ read: 2, added: 0, updated: 0, unchanged: 2 });
    expect(store.database.prepare('SELECT revision FROM Store').get()).toEqual(revision);
  });

  test('the count that was read last wins, whatever the order of arrival', async () => {
    const store = aTempStore();
    const at = (hour: string, upvotes: number) =>
      aRecordInput({ arxivId: '2401.00001', upvotes, fetchedAt: `2025-12-16T${hour}:00:00Z` });
    for (const record of [at('10', 5), at('12', 4), at('11', 9)]) await ingest(store, [record]);
    expect(papersOf(store)).toMatchObject([{ upvotes: 4 }]);
  });
});

describe('order and chunks', () => {
  const title = fc.constantFrom(
    'Preface',
    'Attention is all you need',
    'Attention Is All You Need!',
    'Große Sprachmodelle',
  );
  const names = fc.constantFrom<string[]>([], [], ['Ann Lee', 'Bo Chen'], ['Ann Lee'], ['Chloé Dupont', 'Dan Roy']);
  const record = fc.record(
    {
      source: fc.constantFrom('listing', 'hf', 'jsonl', 'arxiv'),
      title,
      authors: names,
      abstract: fc.constantFrom('', 'Short.', 'Somewhat longer.'),
      arxivId: fc.constantFrom('2401.00001', '2401.00002'),
      otherIds: fc.constantFrom<string[]>([], ['acl:1'], ['acl:2', 'acl:3']),
      version: fc.constantFrom(1, 2),
      upvotes: fc.nat(5),
      authorCount: fc.integer({ min: 1, max: 3 }),
      fetchedAt: fc.constantFrom('2025-12-16T08:00:00Z', '2025-12-16T09:00:00Z'),
    },
    { requiredKeys: ['source', 'title', 'fetchedAt'] },
  );

  test('any permutation and chunking of the same records gives the same papers', { timeout: 120_000 }, async () => {
    const cases = fc
      .array(record, { minLength: 1, maxLength: 7 })
      .chain((records) =>
        fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray(records, { minLength: records.length }),
          fc.integer({ min: 1, max: 7 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(cases, async ([records, shuffled, chunk]) => {
        const [once, chunked] = [aTempStore(), aTempStore()];
        await ingest(once, records);
        for (let at = 0; at < shuffled.length; at += chunk) await ingest(chunked, shuffled.slice(at, at + chunk));
        expect(storeEssence(chunked.database)).toEqual(storeEssence(once.database));
      }),
      { numRuns: propertyRuns(150) },
    );
  });
});

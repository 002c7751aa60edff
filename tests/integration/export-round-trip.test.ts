/** An import of a JSON Lines export into an empty store restores the store. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { listing } from '#ingest/sources/listing/listing.ts';
import { openFeed } from '#read/export-list.ts';
import { fromPaperRow, type StoredPaperRow } from '#store/sqlite/papers/paper-rows.ts';
import { aLibrary } from '#tests/a-library.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

type Store = ReturnType<typeof aTempStore>;

const now = '2025-12-31T12:00:00.000Z';
const seed = join(import.meta.dirname, '..', '..', 'seeds', 'daily-papers-2025-12-16.txt');

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

const ingest = (store: Store, records: readonly PaperRecordInput[]) =>
  ingestPapers(eventsOf(records), { writer: store.writer });

async function exportOf(store: Store): Promise<string> {
  const feed = await openFeed(aLibrary(store.file), 'jsonl', new URLSearchParams());
  const parts = await Array.fromAsync((await feed.render()).parts);
  return parts.map((part) => part.text).join('');
}

async function copyOf(store: Store): Promise<Store> {
  const copy = aTempStore();
  const text = await exportOf(store);
  const report = await ingestPapers(jsonl.read({ bytes: bytesOf(text), name: 'papers.jsonl', size: null, now }, {}), {
    writer: copy.writer,
  });
  expect(report.rejected).toEqual([]);
  return copy;
}

/** Everything except the provenance. The order of links of one kind matters only if several sources name some. */
const said = ({ provenance, links, ...paper }: Paper) => ({
  ...paper,
  links: links.map((link) => `${link.kind} ${link.url}`).sort(),
});

const contentsOf = ({ database }: Store) => ({
  papers: database.prepare<[], StoredPaperRow>('SELECT * FROM Paper ORDER BY id').all().map(fromPaperRow).map(said),
  aliases: database.prepare('SELECT alias, id FROM Alias JOIN Paper ON Paper.key = paperKey ORDER BY alias, id').all(),
  listings: database
    .prepare(
      'SELECT id, source, day, position FROM Listing JOIN Paper ON Paper.key = paperKey ORDER BY id, source, day',
    )
    .all(),
  tags: database.prepare('SELECT slug, kind, label, count, spellings FROM Tag ORDER BY slug').all(),
  authors: database.prepare('SELECT folded, name, count, spellings FROM Author ORDER BY folded').all(),
});

describe('export and ingest', () => {
  test('the seed listing survives export and import', async () => {
    const store = aTempStore();
    await ingestPapers(
      listing.read(
        { bytes: bytesOf(readFileSync(seed, 'utf8')), name: 'daily-papers-2025-12-16.txt', size: null, now },
        {},
      ),
      { writer: store.writer },
    );
    const copy = await copyOf(store);
    expect(contentsOf(copy).papers).toHaveLength(35);
    expect(contentsOf(copy)).toEqual(contentsOf(store));
    expect(await exportOf(copy)).toBe(await exportOf(store));
  });

  test('a paper with an id from its title merges with its arXiv paper in the copy too', async () => {
    const store = aTempStore();
    await ingest(store, [aRecordInput({ source: 'listing', authorCount: 2 })]);
    const copy = await copyOf(store);
    for (const each of [store, copy])
      await ingest(each, [aRecordInput({ source: 'hf', arxivId: '2401.00001', authors: ['Ann Lee', 'Bo Chen'] })]);
    expect(contentsOf(copy).papers).toMatchObject([{ id: '2401.00001', aliases: ['a-calm-paper-about-routers'] }]);
    expect(contentsOf(copy)).toEqual(contentsOf(store));
  });

  test('the withdrawal state survives, even if the comment suggests otherwise', async () => {
    const store = aTempStore();
    await ingest(store, [
      aRecordInput({ title: 'One', withdrawn: true }),
      aRecordInput({ title: 'Two', comment: 'This paper has been withdrawn', withdrawn: false }),
    ]);
    const copy = await copyOf(store);
    expect(contentsOf(copy).papers.map(({ title, withdrawn }) => [title, withdrawn])).toEqual([
      ['One', true],
      ['Two', false],
    ]);
  });

  const word = fc.constantFrom(
    'Attention',
    'speculative',
    'decoding',
    '$x<y$',
    '<b>',
    '&',
    '深度',
    '🙂',
    '"quoted"',
    'B\\"uchi',
    'a,b',
    '=1+1',
    'language models',
  );
  const record = fc
    .record({
      source: fc.constantFrom('hf', 'arxiv', 'listing', 'jsonl'),
      id: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      title: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
      abstract: fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      authors: fc.subarray(['Ann Lee', 'ANN LEE', 'Bo Chen', 'Zoë O’Neil', 'Zoe O’Neil', '李 明', 'Jan van der Berg']),
      authorCount: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      upvotes: fc.option(fc.nat(99), { nil: undefined }),
      publishedOn: fc.constantFrom(undefined, '2019', '2024-05-23'),
      keywords: fc.subarray(['robots', 'Robots', 'Code Generation', 'code generation', 'code-generation', 'cs.CL']),
      categories: fc.subarray(['cs.CL', 'cs.SE']),
      listed: fc.subarray(['2025-12-15', '2025-12-16']),
      otherId: fc.constantFrom(undefined, 'acl:W11-1', 'acl:W11-2', 'acl:W11-3'),
    })
    .map(({ id, authorCount, upvotes, publishedOn, listed, otherId, ...rest }) =>
      aRecordInput({
        ...rest,
        ...(id === undefined ? {} : { arxivId: `2401.0000${id}` }),
        ...(authorCount === undefined ? {} : { authorCount }),
        ...(upvotes === undefined ? {} : { upvotes }),
        ...(publishedOn === undefined ? {} : { publishedOn }),
        otherIds: otherId ? [otherId] : [],
        listings: listed.map((day, i) => ({ day, position: i + 1 })),
      } as Partial<PaperRecordInput>),
    );

  test('any store survives export and import', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 8 }), async (records) => {
        const store = aTempStore();
        await ingest(store, records);
        expect(contentsOf(await copyOf(store))).toEqual(contentsOf(store));
      }),
      { numRuns: propertyRuns(60), endOnFailure: false },
    );
  }, 120_000);
});

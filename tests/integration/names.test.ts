/** Tags and authors are what the papers say at this moment, whatever was written before, in which order and by which process. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Paper } from '#core/paper';
import type { PaperRecordInput } from '#core/record';
import { foldText } from '#core/terms';
import { ingestPapers } from '#ingest/ingest-papers';
import { openWritable } from '#store/database';
import { fromPaperRow, type StoredPaperRow } from '#store/paper-rows';
import { createRecordWriter } from '#store/record-writer';
import { aLibrary } from '#tests/a-library';
import { aRecordInput, eventsOf } from '#tests/records';
import { aTempStore } from '#tests/temp-store';

type Database = ReturnType<typeof aTempStore>['database'];

const rank = ['topic', 'category', 'keyword'];

const papersOf = (database: Database): Paper[] => database.prepare<[], StoredPaperRow>('SELECT * FROM Paper').all().map(fromPaperRow);

/** Each name's papers by spelling, counted anew: the most frequent of the best kind, of equals the last. */
function elect(said: readonly (readonly { readonly id: string; readonly kind: string; readonly spelling: string }[])[]) {
  const names = new Map<string, { kind: string; spelling: string; papers: number }[]>();
  for (const paper of said)
    for (const id of new Set(paper.map((one) => one.id))) {
      const [own] = paper.filter((one) => one.id === id).sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
      if (!own) continue;
      const all = names.get(id) ?? [];
      names.set(id, all);
      const same = all.find((one) => one.kind === own.kind && one.spelling === own.spelling);
      if (same) same.papers++;
      else all.push({ ...own, papers: 1 });
    }
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, all]) => {
      const best = Math.min(...all.map((one) => rank.indexOf(one.kind)));
      const ofKind = all.filter((one) => rank.indexOf(one.kind) === best);
      const most = Math.max(...ofKind.map((one) => one.papers));
      const spelling = ofKind
        .flatMap((one) => (one.papers === most ? one.spelling : []))
        .sort((a, b) => (a < b ? -1 : 1))
        .at(-1);
      return { id, kind: rank[best], spelling, count: all.reduce((sum, one) => sum + one.papers, 0) };
    });
}

const stored = (database: Database) => ({
  tags: database.prepare('SELECT slug AS id, kind, label AS spelling, count FROM Tag ORDER BY slug').all(),
  authors: database.prepare('SELECT folded AS id, name AS spelling, count FROM Author ORDER BY folded').all(),
});

function expected(papers: readonly Paper[]) {
  const authors = elect(papers.map((paper) => paper.authors.map((name) => ({ id: foldText(name), kind: 'topic', spelling: name }))));
  return {
    tags: elect(papers.map((paper) => paper.tags.map(({ slug, kind, label }) => ({ id: slug, kind, spelling: label })))),
    authors: authors.map(({ kind: _, ...author }) => author),
  };
}

const record = fc
  .record({
    id: fc.integer({ min: 1, max: 5 }),
    title: fc.constantFrom('Reasoning with language models', 'On routers'),
    authors: fc.subarray(['Ann Lee', 'ANN LEE', 'ann lee', 'Zoë Roe', 'Zoe Roe'], { minLength: 1 }),
    keywords: fc.subarray(['LLMs', 'llms', 'Code Generation', 'code-generation', 'cs.CL', 'cs.cl', 'Robotics']),
    categories: fc.subarray(['cs.CL', 'cs.RO']),
    version: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ id, ...said }) => aRecordInput({ source: 'arxiv', arxivId: `2401.0000${id}`, ...said } as Partial<PaperRecordInput>));

test('after any batches of two processes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.array(record, { minLength: 1, maxLength: 4 })), { maxLength: 8 }),
      async (batches) => {
        const store = aTempStore();
        const other = openWritable(store.file);
        const writers = [store.writer, createRecordWriter(other)];
        for (const [first, records] of batches) {
          await ingestPapers(eventsOf(records), { writer: writers[first ? 0 : 1] as typeof store.writer });
          expect(stored(store.database)).toEqual(expected(papersOf(store.database)));
        }
        other.close();
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test('an alias of several papers leads to the one of the first id', async () => {
  const { file, database, writer } = aTempStore();
  const ids = ['2401.00003', '2401.00002', '2401.00004'];
  await ingestPapers(eventsOf(ids.map((arxivId) => aRecordInput({ arxivId, title: `Paper ${arxivId}`, otherIds: ['acl:W11-1'] }))), {
    writer,
  });
  expect(database.prepare('SELECT count(*) FROM Alias').pluck().get()).toBe(3);
  expect((await aLibrary(file).reader.findPaper('acl:W11-1'))?.paper.id).toBe('2401.00002');
});

test('a topic’s papers by month are those of two years that are known to the day', async () => {
  const { file, writer } = aTempStore();
  const published = ['2024-05-23', '2024-05-02', '2024-06-30', '2024', '2022-06-30'] as const;
  const records = published.map((publishedOn, i) =>
    aRecordInput({ arxivId: `2401.0000${i}`, title: 'Reasoning with language models', publishedOn } as Partial<PaperRecordInput>),
  );
  await ingestPapers(eventsOf(records), { writer });
  const months = await aLibrary(file).reader.topicMonths();
  const [slug] = new Set(months.map((one) => one.slug));
  expect(months.filter((one) => one.slug === slug)).toEqual([
    { slug, month: '2024-05', count: 2 },
    { slug, month: '2024-06', count: 1 },
  ]);
});

/** The order in which the search index reads the store. */
import { expect, test } from 'vitest';
import { dayNumber, publicationPeriod } from '#core/day.ts';
import type { SearchDocument } from '#core/ports/papers.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';
import { aNumberedRecord } from '#tests/numbered-records.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

const dayOf = ({ publishedOn }: SearchDocument) =>
  publishedOn === null ? -Infinity : dayNumber(publicationPeriod(publishedOn).from);

test('all papers come by publication day, the latest first and those without one last', async () => {
  const { database, writer } = aTempStore();
  const records = Array.from({ length: 450 }, (_, n) => aNumberedRecord(n));
  await ingestPapers(eventsOf([aRecordInput({ title: 'Of no day', authors: ['A B'] }), ...records]), { writer });
  const documents = createSearchDocuments(database);
  const all = [...documents.changedSince(0)];
  expect(all).toHaveLength(451);
  expect(new Set(all.map(({ key }) => key)).size).toBe(451);
  expect(all.map(dayOf)).toEqual(all.map(dayOf).sort((a, b) => b - a));
  expect(all.at(-1)?.title).toBe('Of no day');
});

test('later only what changed is read, once each', async () => {
  const { database, writer } = aTempStore();
  await ingestPapers(eventsOf(Array.from({ length: 300 }, (_, n) => aNumberedRecord(n))), { writer });
  const documents = createSearchDocuments(database);
  const revision = documents.revision();
  const changes = [aNumberedRecord(7, { upvotes: 999 }), aNumberedRecord(500)];
  await ingestPapers(eventsOf(changes), { writer });
  expect([...documents.changedSince(revision)].map(({ id }) => id)).toEqual(['2401.00007', '2401.00500']);
  expect([...documents.changedSince(documents.revision())]).toEqual([]);
});

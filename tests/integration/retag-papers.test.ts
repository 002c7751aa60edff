/** Retagging after a change of the topic data, without another ingest. */
import { expect, test } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { retagPapers } from '#ingest/topics/retag-papers.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

test('papers of another topic version are tagged again once', async () => {
  const { database, writer } = aTempStore();
  await ingestPapers(
    eventsOf([aRecordInput({ title: 'A survey of code generation', abstract: 'On program synthesis.' })]),
    { writer },
  );
  const tags = () => database.prepare('SELECT tags FROM Paper').pluck().get();
  const right = tags();
  expect(right).toContain('code-generation');
  database.exec(`UPDATE Paper SET tags = '[]', contentHash = 'of an earlier vocabulary'`);
  expect(await retagPapers(writer)).toBe(1);
  expect(tags()).toBe(right);
  expect(await retagPapers(writer)).toBe(0);
});

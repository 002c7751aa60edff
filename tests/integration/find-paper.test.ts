/** A paper is found by any form of its id, and the page redirects to its address. */
import { expect, test } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { showPaper } from '#read/show-paper.ts';
import { aLibrary } from '#tests/a-library.ts';
import { openApi } from '#tests/call-api.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

async function aStore() {
  const { file, writer } = aTempStore();
  const records = [
    aRecordInput({ source: 'arxiv', arxivId: '2405.14906', otherIds: ['acl:W11-3507'] }),
    aRecordInput({ source: 'arxiv', arxivId: 'hep-th/9901001', title: 'On strings' }),
  ];
  await ingestPapers(eventsOf(records), { writer });
  return file;
}

test.each([
  ['2405.14906v2', '/papers/2405.14906'],
  ['arXiv:2405.14906', '/papers/2405.14906'],
  ['acl:W11-3507', '/papers/2405.14906'],
  ['hep-th/9901001v3', '/papers/hep-th/9901001'],
])('%s finds the paper and redirects to its address', async (id, path) => {
  const file = await aStore();
  expect(await showPaper(aLibrary(file), id)).toEqual({ redirect: path });
  const answer = await openApi(file)(`/api/v1${path.replace(/[^/]+$/, id.split('/').at(-1) ?? '')}`);
  expect([answer.status, (await answer.json()).id]).toEqual([200, path.slice('/papers/'.length)]);
});

test('an unknown id is not found', async () => {
  await expect(showPaper(aLibrary(await aStore()), '2405.14907v1')).rejects.toThrow(
    'There is no paper “2405.14907v1” here.',
  );
});

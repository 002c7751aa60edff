/** A store with a few papers of every kind, for tests of responses. */
import type { PaperRecordInput } from '#core/record.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { aRecordInput, eventsOf } from './records.ts';
import { aTempStore } from './temp-store.ts';

const day = '2025-12-16';

const storedRecords: readonly PaperRecordInput[] = [
  aRecordInput({
    source: 'hf',
    arxivId: '2405.14906',
    title: 'AutoCoder: \\textit{Enhancing} Code with $\\alpha$-Tests <b>&',
    abstract: 'We draft code.\nIt costs $O(n)$. Code: https://github.com/example/autocoder',
    authors: ['Bin Lei', 'Yuchen Li', 'Zoë O’Neil'],
    organization: 'Example University',
    publishedOn: '2024-05-23',
    listings: [{ day, position: 1 }],
    upvotes: 3,
    commentCount: 4,
    links: [
      { kind: 'code', url: 'https://github.com/example/autocoder' },
      { kind: 'project', url: 'https://autocoder.example/' },
    ],
    categories: ['cs.SE'],
    keywords: ['test-driven data'],
  }),
  aRecordInput({
    source: 'hf',
    arxivId: '2406.00105',
    title: 'A drafted decoder',
    abstract: 'Speculative decoding.',
    authors: ['Jane Doe'],
    publishedOn: '2024-06-01',
    listings: [{ day, position: 2 }],
    upvotes: 9,
  }),
  aRecordInput({
    source: 'hf',
    arxivId: '2407.00002',
    title: 'Another decoder',
    authors: ['Jane Doe', 'John Roe'],
    publishedOn: '2024-07-02',
    listings: [{ day, position: 3 }],
    upvotes: 3,
  }),
  aRecordInput({
    source: 'hf',
    arxivId: 'hep-th/9901001',
    title: 'Strings of old',
    abstract: 'On strings.',
    authors: ['Ed Old'],
    publishedOn: '1999-01-01',
    listings: [{ day: '2025-12-12', position: 1 }],
  }),
  aRecordInput({
    source: 'listing',
    title: 'A paper without names or dates',
    authorCount: 6,
    listings: [{ day: '2025-11-03', position: 1 }],
  }),
  aRecordInput({ title: 'Never listed', authors: ['Ann Lee'], publishedOn: '2023' }),
];

export async function aStoreWithPapers(records: readonly PaperRecordInput[] = storedRecords) {
  const store = aTempStore();
  await ingestPapers(eventsOf(records), { writer: store.writer });
  return store;
}

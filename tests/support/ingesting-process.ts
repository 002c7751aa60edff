/** A process that ingests beside others: `FILE PAPERS`; for each line on standard input one batch, told by a line on standard output. */
import { createInterface } from 'node:readline';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { aNumberedRecord } from './numbered-records.ts';
import { eventsOf } from './records.ts';

const [file = '', papers = '0'] = process.argv.slice(2);
const database = openForWriting(file);
const writer = createRecordWriter(database);
let batch = 0;
console.log('ready');
for await (const _ of createInterface(process.stdin)) {
  batch += 1;
  // Known papers with other counts and dates, which move in every order, and new ones among them.
  const known = Array.from({ length: 20 }, (_, i) => (batch * 37 + i * 13) % Number(papers));
  const added = Array.from({ length: 5 }, (_, i) => Number(papers) + batch * 5 + i);
  const fetchedAt = new Date(Date.UTC(2026, 0, 1) + batch * 1000).toISOString();
  const records = [...known, ...added].map((n) =>
    aNumberedRecord(n, {
      fetchedAt,
      upvotes: (n * 7 + batch * 11) % 200,
      publishedOn: `20${10 + ((n + batch) % 15)}-03-01`,
    }),
  );
  await ingestPapers(eventsOf(records), { writer });
  console.log(batch);
}
database.close();

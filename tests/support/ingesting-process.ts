/** A process that ingests one batch per line on standard input and confirms it with a line. Arguments: FILE PAPERS. */
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
  // Known papers with new counts and dates, which changes their rank in every sort order, and new papers.
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

/** Fills a store with every recorded item of the Hugging Face listing, through a local server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Day } from '#core/day.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { hf } from '#ingest/sources/hf/hf.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { aHttp } from './fetching.ts';
import { startServer } from './local-server.ts';
import { replayHf } from './replay-server.ts';

type Item = { readonly _listedOn: string };

/** `recording` is the folder with hf-daily/items-to-2025.jsonl.gz. Returns the number of papers. */
export async function replayInto(databaseFile: string, recording: string): Promise<number> {
  const lines = gunzipSync(readFileSync(join(recording, 'hf-daily', 'items-to-2025.jsonl.gz')))
    .toString('utf8')
    .split('\n');
  const items = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Item);
  const byDay = Map.groupBy(items, (item) => item._listedOn);
  const days = [...byDay.keys()].sort() as Day[];
  const [from, to] = [days.at(0), days.at(-1)];
  if (from === undefined || to === undefined) return 0;
  const server = await startServer(replayHf(byDay));
  migrate(databaseFile, join(import.meta.dirname, '..', '..', 'prisma', 'migrations'));
  const database = openForWriting(databaseFile);
  const context = {
    get: aHttp([server.origin]),
    endpoint: server.origin,
    now: () => '2026-01-01T00:00:00.000Z',
    cursor: null,
    validatorsOf: async () => null,
  };
  try {
    return (await ingestPapers(hf.fetch(context, { from, to }), { writer: createRecordWriter(database) })).read;
  } finally {
    database.close();
    await server.close();
  }
}

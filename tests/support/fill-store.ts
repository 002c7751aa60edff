/** Fills a store with the first papers of a file, for benches. */
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';

type Filling = { readonly file: string; readonly source: string; readonly papers: number };

/** Prints the duration. */
export async function fillStore({ file, source, papers }: Filling): Promise<void> {
  migrate(file, join(import.meta.dirname, '..', '..', 'prisma', 'migrations'));
  const database = openForWriting(file);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const report = await ingestPapers(first(source, papers), { writer: createRecordWriter(database) });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  database.close();
  console.log(
    `Ingest of ${report.read.toLocaleString('en')} papers: ${Math.round(report.read / seconds).toLocaleString('en')} papers/s (${((user + system) / report.read / 1000).toFixed(2)} ms CPU each), ` +
      `${Math.round(process.memoryUsage().rss / 1e6)} MB resident, ${Math.round(statSync(file).size / 1e6)} MB file`,
  );
}

async function* first(source: string, papers: number): AsyncGenerator<SourceEvent> {
  const input = { bytes: createReadStream(source), name: 'papers', size: null, now: '2026-01-01T00:00:00Z' };
  let count = 0;
  for await (const event of jsonl.read(input, {})) {
    yield event;
    if (event.kind === 'record' && ++count === papers) return;
  }
}

/** A store of deterministic made-up papers for benches. */

import { join } from 'node:path';
import type { PaperRecordInput } from '#core/record.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { root } from './bench-site.ts';

export async function fillWithMadeUpPapers(databaseFile: string, papers: number): Promise<void> {
  migrate(databaseFile, join(root, 'prisma', 'migrations'));
  const database = openForWriting(databaseFile);
  const report = await ingestPapers(madeUp(papers), { writer: createRecordWriter(database) });
  database.close();
  console.log(`${report.added.toLocaleString('en')} papers`);
}

async function* madeUp(papers: number): AsyncGenerator<SourceEvent> {
  const words =
    'attention model language training data neural decoding speculative graph vision policy reward diffusion sparse scaling retrieval reasoning agent bound'.split(
      ' ',
    );
  let state = 42;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const text = (count: number) => Array.from({ length: count }, () => words[next(words.length)]).join(' ');
  for (let i = 0; i < papers; i++) {
    const record: PaperRecordInput = {
      source: 'jsonl',
      ownId: `made-up-${i}`,
      title: `${text(8)} ${i} in $O(n^${next(9)})$`,
      abstract: `${text(170)} costs $\\sqrt{n_${next(9)}}$.`,
      authors: Array.from({ length: 1 + next(8) }, () => `Ada${next(900)} Example${next(900)}`),
      publishedOn: `20${10 + next(15)}-0${1 + next(9)}-1${next(9)}` as never,
      listings: [{ day: `2025-0${1 + next(9)}-1${next(9)}` as never, position: 1 + next(40) }],
      categories: ['cs.CL'],
      fetchedAt: '2025-12-16T08:00:00Z',
    };
    yield { kind: 'record', record, where: String(i) };
  }
}

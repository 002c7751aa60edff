/** What every start does: migrates the store, and fills an empty one from `seeds/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#platform/clock';
import { type Env, env } from '#platform/env';
import { withLease } from '#platform/hold-lease';
import { openIngest } from '#wiring/ingest';
import { countPapers, prepareStore } from '#wiring/store';
import { ingestFile } from './ingest-file.ts';
import { summaryOf } from './report.ts';

export async function runSetup(): Promise<void> {
  const settings = env();
  prepareStore(settings.databaseFile, process.cwd());
  if (settings.seed && countPapers(settings.databaseFile) === 0) await ingestSeeds(settings);
}

async function ingestSeeds(settings: Env): Promise<void> {
  const folder = join(process.cwd(), 'seeds');
  const ingest = openIngest(settings);
  try {
    await withLease({ lease: ingest.lease, clock: systemClock }, async (token) => {
      for (const name of readdirSync(folder)
        .filter((file) => file.endsWith('.txt'))
        .sort()) {
        const report = await ingestFile({
          source: 'listing',
          path: join(folder, name),
          options: {},
          writer: ingest.writerFor(token),
          runs: ingest.runs,
        });
        console.log(`Filled the empty store from seeds/${name}: ${summaryOf(report)}.`);
      }
    });
  } finally {
    ingest.close();
  }
}

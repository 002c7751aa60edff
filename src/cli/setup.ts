/** What every start does: migrates the store, and fills an empty one from `seeds/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '#platform/env';
import { openIngest, openLibrary, prepareStore } from '#wiring';
import { ingestFile } from './ingest-file.ts';
import { summaryOf } from './report.ts';

export async function runSetup(): Promise<void> {
  const { databaseFile, seed, siteUrl } = env();
  prepareStore(databaseFile, process.cwd());
  if (seed && (await isEmpty(databaseFile, siteUrl))) await ingestSeeds(databaseFile);
}

async function isEmpty(databaseFile: string, siteUrl: string): Promise<boolean> {
  const library = openLibrary(databaseFile, siteUrl);
  try {
    return (await library.reader.paperCount()) === 0;
  } finally {
    await library.close();
  }
}

async function ingestSeeds(databaseFile: string): Promise<void> {
  const folder = join(process.cwd(), 'seeds');
  const ingest = openIngest(databaseFile);
  try {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt')).sort()) {
      const report = await ingestFile({ source: 'listing', path: join(folder, name), options: {}, ingest });
      console.log(`Filled the empty store from seeds/${name}: ${summaryOf(report)}.`);
    }
  } finally {
    ingest.close();
  }
}

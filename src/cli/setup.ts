/** What every start does: migrates the store, fills an empty one from `seeds/`, and tags anew what an earlier vocabulary tagged. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { retagPapers } from '#ingest/retag-papers';
import { topicsVersion } from '#ingest/topics/index';
import { systemClock } from '#platform/clock';
import { type Env, env } from '#platform/env';
import { type Hold, withLease } from '#platform/hold-lease';
import { type Ingest, openIngest } from '#wiring/ingest';
import { lookAtStore, prepareStore } from '#wiring/store';
import { ingestFile } from './ingest-file.ts';
import { summaryOf } from './report.ts';

/** More would make a start wait: `npm run retag` does them. */
const retaggedAtStartMax = 20_000;

export async function runSetup(): Promise<void> {
  const settings = env();
  prepareStore(settings.databaseFile, process.cwd());
  const { papers, topicsVersion: known } = lookAtStore(settings.databaseFile);
  if (papers === 0 && settings.seed) await withIngest(settings, ingestSeeds);
  else if (papers > 0 && papers <= retaggedAtStartMax && known !== topicsVersion) await retag(settings);
}

/** `npm run retag`: brings the topics of all papers to the present vocabulary. */
export async function runRetag(): Promise<void> {
  const settings = env();
  prepareStore(settings.databaseFile, process.cwd());
  await retag(settings);
}

const retag = (settings: Env) =>
  withIngest(settings, async (ingest, hold) => {
    const changed = await retagPapers(ingest.writerFor(hold));
    if (changed > 0) console.log(`The topic vocabulary has changed: ${changed} papers have other topics now.`);
  });

async function withIngest(settings: Env, work: (ingest: Ingest, hold: Hold) => Promise<void>): Promise<void> {
  const ingest = openIngest(settings);
  const onWait = () => console.error('Another process is ingesting, or was killed while it did: waiting for it, half a minute at most …');
  try {
    await withLease({ lease: ingest.lease, clock: systemClock, onWait }, (hold) => work(ingest, hold));
  } finally {
    ingest.close();
  }
}

async function ingestSeeds(ingest: Ingest, hold: Hold): Promise<void> {
  const folder = join(process.cwd(), 'seeds');
  const writer = ingest.writerFor(hold);
  const names = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  for (const name of names.sort()) {
    const report = await ingestFile({ source: 'listing', path: join(folder, name), options: {}, writer, runs: ingest.runs });
    console.log(`Filled the empty store from seeds/${name}: ${summaryOf(report)}.`);
  }
  await retagPapers(writer);
}

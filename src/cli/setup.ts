/** Runs at every start: migrates the store, seeds a new one, heals dates, and retags papers if the topics changed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { healDates } from '#ingest/dates/heal-dates.ts';
import { topicsVersion } from '#ingest/topics/index.ts';
import { retagPapers } from '#ingest/topics/retag-papers.ts';
import { isoNow, systemClock } from '#platform/clock.ts';
import { type HeldLease, tryLease, withLease } from '#platform/lease.ts';
import { readSettings, type Settings } from '#platform/settings.ts';
import { toCountLabel } from '#view/text/labels.ts';
import { type Ingest, openIngest } from '#wiring/ingest.ts';
import { endSeeding, prepareStore, readStoreSummary } from '#wiring/store.ts';
import { ingestFile } from './ingest-file.ts';
import { printLocked } from './ingest-run.ts';
import { summaryOf } from './report.ts';

/** Retagging more papers would delay the start. `npm run retag` does it. */
const retaggedAtStartMax = 20_000;

export async function runSetup(): Promise<void> {
  const settings = readSettings();
  prepareStore(settings.databaseFile, process.cwd());
  await bringUpToDate(settings).catch((error: unknown) => {
    // The clock is wrong. Serve the site without the update.
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
  });
}

async function bringUpToDate(settings: Settings): Promise<void> {
  await endKilledRuns(settings);
  const { papers, topicsVersion: known, needsHealing, isToBeSeeded } = readStoreSummary(settings.databaseFile);
  if (needsHealing) await heal(settings);
  if (isToBeSeeded && settings.seed) await withIngest(settings, ingestSeeds);
  if (isToBeSeeded) endSeeding(settings.databaseFile);
  else if (papers > 0 && papers <= retaggedAtStartMax && known !== topicsVersion) await retag(settings);
}

/** Heals dates, for commands that write to the store but do not ingest. */
export async function healStore(settings: Settings): Promise<void> {
  if (readStoreSummary(settings.databaseFile).needsHealing) await heal(settings);
}

/** Ends the logged runs of killed processes. Skips this if another process ingests, because it does the same. */
async function endKilledRuns(settings: Settings): Promise<void> {
  const ingest = openIngest(settings, printLocked);
  try {
    if (!(await ingest.runs.hasUnended())) return;
    await tryLease({ lease: ingest.lease, clock: systemClock }, async () => ingest.runs.endKilled(isoNow()));
  } finally {
    ingest.close();
  }
}

/** `npm run retag`: tags all papers with the current topics. */
export async function runRetag(): Promise<void> {
  const settings = readSettings();
  prepareStore(settings.databaseFile, process.cwd());
  await healStore(settings);
  if ((await retag(settings)) === 0) console.log('Every paper already has the topics of the present vocabulary.');
}

const heal = (settings: Settings) =>
  withIngest(settings, async (ingest, heldLease) => {
    const changed = await healDates(ingest.writerFor(heldLease));
    if (changed > 0)
      console.error(
        `Dates that no paper can have were taken from ${toCountLabel(changed, 'paper')}; what the sources said of them is kept.`,
      );
  });

/** Returns the number of papers whose topics changed. */
const retag = (settings: Settings): Promise<number> =>
  withIngest(settings, async (ingest, heldLease) => {
    const changed = await retagPapers(ingest.writerFor(heldLease));
    if (changed > 0) console.log(`The topic vocabulary has changed: ${toCountLabel(changed, 'paper')} changed.`);
    return changed;
  });

async function withIngest<T>(
  settings: Settings,
  work: (ingest: Ingest, heldLease: HeldLease) => Promise<T>,
): Promise<T> {
  const ingest = openIngest(settings, printLocked);
  const onWait = () =>
    console.error('Another process is ingesting, or was killed while it did: waiting for it, half a minute at most …');
  try {
    ingest.checkClock();
    return await withLease({ lease: ingest.lease, clock: systemClock, onWait }, (heldLease) => work(ingest, heldLease));
  } finally {
    ingest.close();
  }
}

async function ingestSeeds(ingest: Ingest, heldLease: HeldLease): Promise<void> {
  const folder = join(process.cwd(), 'seeds');
  const writer = ingest.writerFor(heldLease);
  const names = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  for (const name of names.sort()) {
    const report = await ingestFile({
      source: 'listing',
      path: join(folder, name),
      options: {},
      writer,
      runs: ingest.runs,
    });
    console.log(`Filled the new store from seeds/${name}: ${summaryOf(report)}.`);
  }
  await retagPapers(writer);
}

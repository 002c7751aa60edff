/** `npm run bench -- digest`: mails per second and memory by number of recipients. `--kills N` kills the sender. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { aLoadedStore, type CrashCounts, digestDay, papersADay, runDigest, sendWithKills } from '#tests/digest-load.ts';
import { startMailSink } from '#tests/mail-sink.ts';

const { values } = parseArgs({
  options: { recipients: { type: 'string', default: '1000,10000,50000' }, kills: { type: 'string', default: '200' } },
});

console.log(`${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, Node.js ${process.version}\n`);
await inFolder(measureThroughput);
if (Number(values.kills) > 0) await inFolder(measureCrashes);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times the whole command: start, enqueuing, templates, delivery updates, and SMTP to a process on this machine. */
async function measureThroughput(folder: string): Promise<void> {
  console.log(`recipients  papers  seconds  mails/s  CPU ms a mail  peak MB`);
  for (const recipients of values.recipients.split(',').map(Number)) {
    const store = await aLoadedStore(join(folder, String(recipients)), { subscribers: recipients, days: 1 });
    store.database.close();
    const sink = new Worker(new URL('../support/mail-sink.ts', import.meta.url), { workerData: { counting: true } });
    const url = await new Promise<string>((resolve) => sink.once('message', resolve));
    const startedMs = performance.now();
    const { code, output, peakMb, cpuSeconds } = await runDigest(store.file, url, digestDay(0)).ended;
    const seconds = (performance.now() - startedMs) / 1000;
    await sink.terminate();
    if (code !== 0) throw new Error(output);
    const row = [String(recipients).padStart(10), String(papersADay).padStart(7), seconds.toFixed(1).padStart(8)];
    console.log(
      [
        ...row,
        String(Math.round(recipients / seconds)).padStart(8),
        ((cpuSeconds * 1000) / recipients).toFixed(2).padStart(14),
        peakMb.toFixed(0).padStart(8),
      ].join(' '),
    );
  }
}

async function measureCrashes(folder: string): Promise<void> {
  const killsTotal = Number(values.kills);
  const sink = await startMailSink();
  const days = Math.max(1, killsTotal);
  const store = await aLoadedStore(folder, { subscribers: 1_000, days: Math.min(days, 200) });
  const sums: CrashCounts[] = [];
  for (let day = 0, left = killsTotal; left > 0; day++) {
    const counts = await sendWithKills(store, sink, digestDay(day), { kills: Math.min(left, 5), withinMs: 3_000 });
    sums.push(counts);
    left -= counts.kills;
    console.error(`${killsTotal - left} kills in ${sums.length} sends`);
  }
  const sum = (key: keyof CrashCounts) => sums.reduce((total, counts) => total + counts[key], 0);
  console.log(`\nsends of 1,000  kills  missing  duplicates  most in flight at a kill  under another Message-ID`);
  console.log(
    [
      String(sums.length).padStart(14),
      String(sum('kills')).padStart(6),
      String(sum('missing')).padStart(8),
      String(sum('duplicates')).padStart(11),
      String(Math.max(...sums.map((counts) => counts.inFlightMax))).padStart(25),
      String(sum('renamed')).padStart(25),
    ].join(' '),
  );
  store.database.close();
  await sink.close();
}

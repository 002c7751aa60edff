/** `npm run bench -- three-processes [SECONDS]`: three fetching processes share a store, and some are killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hfWeeks } from '#tests/hf-items.ts';
import { type Command, runCommand, runScheduler, withStore } from '#tests/ingest-load.ts';
import { startServer } from '#tests/local-server.ts';
import { quietRss, replayArxiv, replayHf } from '#tests/replay-server.ts';

const seconds = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 60);
/** Longer than a killed process's lease plus the next run, so that another process can take over within the slot. */
const everySeconds = 60;
const killEveryMs = 9_000;
const sources = ['hf', 'arxiv:cs.CL'];

const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
const hf = await startServer(replayHf(hfWeeks('2025-11-24', 2, 20), new Date().toISOString().slice(0, 10)));
// Old enough that the source is always due, so each slot sends a request.
const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString();
const search = replayArxiv(
  Array.from({ length: 300 }, (_, i) => ({ id: `2509.${10_000 + i}v1`, published: lastWeek })),
);
const arxiv = await startServer((url, ...rest) =>
  url.pathname.includes('/rss/') ? quietRss(new Date()) : search(url, ...rest),
);
const where = { databaseFile: join(folder, 'digest.db'), hf: hf.origin, arxiv: arxiv.origin };
const start = () =>
  runScheduler(where, { SOURCES: sources.join(','), INGEST_EVERY: `${everySeconds}s`, LOG_LEVEL: 'error' });

// Starts at the beginning of a slot, so that every slot can finish.
await sleep(everySeconds * 1_000 - (Date.now() % (everySeconds * 1_000)));
const firstSlot = Math.round(Date.now() / (everySeconds * 1_000));
const processes: Command[] = [start(), start(), start()];
let kills = 0;
const endMs = Date.now() + seconds * 1_000;
const command = sleep((seconds * 1_000) / 3).then(
  () =>
    runCommand(['ingest', 'arxiv', '--category', 'cs.LG', '--from', '2020-01-01', '--to', '2020-01-02'], where).ended,
);
while (Date.now() < endMs - killEveryMs) {
  await sleep(killEveryMs);
  const at = Math.floor(Math.random() * processes.length);
  processes[at]?.child.kill('SIGKILL');
  processes[at] = start();
  kills += 1;
}
await sleep(Math.max(0, endMs - Date.now()));
const { code, output } = await command;
for (const one of processes) one.child.kill('SIGTERM');
await Promise.all(processes.map((one) => one.ended));

const runs = withStore(where.databaseFile, (database) =>
  database
    .prepare<[], { source: string; startedAt: string; finishedAt: string | null; failure: string | null }>(
      'SELECT source, startedAt, finishedAt, failure FROM IngestRun',
    )
    .all(),
);
const slots = Array.from({ length: Math.floor(seconds / everySeconds) }, (_, i) => firstSlot + i);
let isRight = code === 0 || code === 1;
for (const source of sources)
  for (const slot of slots) {
    const inSlot = runs.filter(
      (run) => run.source === source && Math.floor(Date.parse(run.startedAt) / (everySeconds * 1_000)) === slot,
    );
    const done = inSlot.filter((run) => run.finishedAt !== null && run.failure === null).length;
    console.log(`${source.padEnd(12)} slot ${slot}: begun ${inSlot.length} times, done ${done} times`);
    isRight &&= done === 1;
  }
const times = arxiv.asked.map((one) => one.atMs);
const gaps = times.slice(1).map((time, i) => (time - (times[i] ?? 0)) / 1_000);
const shortestGap = Math.min(...gaps);
console.log(
  `${kills} kills in ${seconds} s; ${times.length} requests to arXiv, ${shortestGap.toFixed(2)} s apart at least; the command beside them ended with ${code}`,
);
if (code !== 0) console.log(output);
isRight &&= shortestGap >= 3;
console.log(isRight ? 'as it should be' : 'NOT as it should be');
await hf.close();
await arxiv.close();
rmSync(folder, { recursive: true, force: true });
if (!isRight) process.exitCode = 1;

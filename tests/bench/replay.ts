/** `npm run bench -- replay DIR`: ingests every recorded listing day from a local server, twice. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addDays, type Day, daysBetween, parseDay } from '#core/day.ts';
import type { FetchEvent } from '#ingest/fetch-source.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { hf } from '#ingest/sources/hf/hf.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { aHttp } from '#tests/fetching.ts';
import { contentOf, runCommand, type Where, withStore } from '#tests/ingest-load.ts';
import { startServer } from '#tests/local-server.ts';
import { recordedData } from '#tests/recorded-data.ts';
import { replayHf } from '#tests/replay-server.ts';

type Item = { readonly paper: { readonly id: string }; readonly _listedOn: string };

const file = join(recordedData().folder, 'hf-daily', 'items-to-2025.jsonl.gz');
if (!existsSync(file)) {
  console.error(`${file} is missing: name the folder with the recorded data.`);
  process.exit(2);
}
const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
const items = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Item);
const byDay = Map.groupBy(items, (item) => item._listedOn);
const days = [...byDay.keys()].sort();
const [from, to] = [parseDay(days[0] ?? '') as Day, parseDay(days.at(-1) ?? '') as Day];

const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
const server = await startServer(replayHf(byDay));
const where = { databaseFile: join(folder, 'digest.db'), hf: server.origin, arxiv: 'http://127.0.0.1:9' };
console.log(`${items.length} items of ${days.length} listing days, ${from} to ${to}`);
try {
  const first = await runAll(where);
  const content = contentOf(where.databaseFile);
  const second = await runAll(where);
  const isSame = JSON.stringify(contentOf(where.databaseFile)) === JSON.stringify(content);
  const places = withStore(where.databaseFile, (database) =>
    database
      .prepare(
        'SELECT day || coalesce(arxivId, id) || position FROM Listing JOIN Paper ON key = paperKey WHERE source = ?',
      )
      .pluck()
      .all('hf'),
  );
  const expected = [...byDay].flatMap(([day, listed]) => listed.map(({ paper }, i) => `${day}${paper.id}${i + 1}`));
  const stored = new Set(places);
  const right = expected.filter((place) => stored.has(place)).length;
  console.log(
    `on their day and in their place: ${right} of ${expected.length}; places that nobody listed: ${stored.size - right}`,
  );
  console.log(
    `the second run ${isSame ? 'changed nothing' : 'CHANGED THE STORE'} and transferred ${second.bytes} bytes after ${first.bytes}`,
  );
  await measureStoring();
  if (right !== expected.length || stored.size !== right || !isSame || first.read !== items.length)
    process.exitCode = 1;
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Ingests 200 days at a time and resets the rate limit between them. Its limit is 500 requests in 5 minutes. */
async function runAll(at: Where) {
  const before = server.bytesSent();
  const requestsBefore = server.asked.length;
  const started = performance.now();
  let [read, peakMb] = [0, 0];
  for (let day = from; day <= to; day = addDays(day, 200)) {
    const end = [addDays(day, Math.min(199, daysBetween(day, to))), to].sort()[0] ?? to;
    withStore(at.databaseFile, (database) => database.exec('DELETE FROM HostPace'));
    const run = await runCommand(['ingest', 'hf', '--from', day, '--to', end, '--json'], at).ended;
    const report = JSON.parse(run.output.split('\n').findLast((line) => line.startsWith('{')) ?? '{}');
    console.log(
      `${day}..${end} (exit ${run.code}): ${JSON.stringify({ ...report, rejected: report.rejected.length })}`,
    );
    for (const { where: place, reason } of report.rejected) console.log(`  ${place}: ${reason}`);
    read += report.read;
    peakMb = Math.max(peakMb, run.peakMb);
  }
  const seconds = (performance.now() - started) / 1000;
  const [bytes, asked] = [server.bytesSent() - before, server.asked.length - requestsBefore];
  console.log(
    `all: ${read} read, ${asked} requests, ${bytes} bytes, ${seconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB\n`,
  );
  return { read, bytes };
}

/** Times storing alone: the events are fetched before the measurement. */
async function measureStoring(): Promise<void> {
  const events: FetchEvent[] = [];
  const context = {
    get: aHttp([server.origin]),
    endpoint: server.origin,
    now: () => '2026-01-01T00:00:00.000Z',
    cursor: null,
    validatorsOf: async () => null,
  };
  for await (const event of hf.fetch(context, { from, to })) events.push(event);
  const [cpuBefore, threadBefore] = [process.cpuUsage(), process.threadCpuUsage()];
  const started = performance.now();
  const report = await withStoreAsync(join(folder, 'storing.db'), (writer) =>
    ingestPapers(toAsync(events), { writer }),
  );
  const seconds = (performance.now() - started) / 1000;
  const inSeconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;
  const [cpu, thread] = [inSeconds(process.cpuUsage(cpuBefore)), inSeconds(process.threadCpuUsage(threadBefore))];
  const rate = (over: number) => Math.round(report.read / over).toLocaleString('en');
  console.log(
    `once fetched: ${report.read} papers stored in ${seconds.toFixed(2)} s, ${rate(seconds)} a second (${rate(thread)} a CPU second of its thread, ${rate(cpu)} of all)`,
  );
}

async function* toAsync(events: readonly FetchEvent[]): AsyncGenerator<FetchEvent> {
  yield* events;
}

async function withStoreAsync<T>(
  databaseFile: string,
  use: (writer: ReturnType<typeof createRecordWriter>) => Promise<T>,
): Promise<T> {
  withStore(databaseFile, () => {});
  const database = openForWriting(databaseFile);
  try {
    return await use(createRecordWriter(database));
  } finally {
    database.close();
  }
}

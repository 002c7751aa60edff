/** `npm run bench -- ingest DIR [PAPERS …]`: `ingest jsonl` of recorded papers, compared with bare inserts. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { openForWriting, openReadOnly } from '#store/sqlite/database.ts';
import { runCommand, withStore } from '#tests/ingest-load.ts';
import { recordedData } from '#tests/recorded-data.ts';

const { folder: recorded, rest } = recordedData();
const file = join(recorded, 'papers-100k.jsonl.gz');
if (!existsSync(file)) {
  console.error(`${file} is missing: name the folder with the recorded data.`);
  process.exit(2);
}
const all = gunzipSync(readFileSync(file));
const tables = ['Paper', 'Record', 'RecordOtherId', 'Listing', 'Tag', 'PaperTag', 'Author', 'PaperAuthor', 'Alias'];
const rowsATransaction = 1_000;
const nothing = { papers: 0, cpu: 0, mb: 0 };
const sizes = rest.map(Number).filter(Number.isSafeInteger);
const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
try {
  for (const papers of sizes.length > 0 ? sizes : [10_000, 100_000]) await measure(papers);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(papers: number): Promise<void> {
  const input = join(folder, 'papers.jsonl.gz');
  writeFileSync(input, gzipSync(firstLines(all, papers), { level: 1 }));
  const databaseFile = join(folder, `${papers}.db`);
  withStore(databaseFile, () => {});
  const started = performance.now();
  const { child, ended } = runCommand(['ingest', 'jsonl', input], {
    databaseFile,
    hf: 'http://127.0.0.1:9',
    arxiv: 'http://127.0.0.1:9',
  });
  const samples = watch(child.pid ?? 0, databaseFile);
  const { output, peakMb } = await ended;
  const seconds = (performance.now() - started) / 1000;
  const { points, threads } = samples.stop();
  const cpu = [...threads.values()].reduce((sum, one) => sum + one, 0);
  console.log(`\n${papers.toLocaleString('en')} papers: ${output.trim().split('\n').at(-1)}`);
  tell('the command', papers, seconds, cpu);
  console.log(
    `  its busiest thread ${rate(papers, Math.max(...threads.values()))} a CPU second; peak memory ${peakMb.toFixed(0)} MB`,
  );
  const fifths = [1, 2, 3, 4, 5].map((fifth) => Math.round(costIn(points, papers, fifth) * 1e6));
  console.log(`  CPU µs a paper, fifth by fifth: ${fifths.join(', ')}`);
  const sizes = [1, 2, 3, 4, 5].map((fifth) => at(points, (papers * fifth) / 5).mb.toFixed(0));
  console.log(`  MB of memory, fifth by fifth: ${sizes.join(', ')}`);
  writeBare(databaseFile, papers);
}

function firstLines(bytes: Buffer, count: number): Buffer {
  let end = 0;
  for (let line = 0; line < count && end < bytes.length; line++) end = bytes.indexOf('\n', end) + 1 || bytes.length;
  return bytes.subarray(0, end);
}

function tell(what: string, papers: number, seconds: number, cpu: number): void {
  console.log(
    `  ${what}: ${rate(papers, seconds)} papers a second by the clock (${seconds.toFixed(1)} s), ${cpu.toFixed(1)} CPU seconds`,
  );
}

function rate(papers: number, seconds: number): string {
  return Math.round(papers / seconds).toLocaleString('en');
}

type Point = { readonly papers: number; readonly cpu: number; readonly mb: number };

/** Samples the CPU seconds of each thread (Linux only) and the number of stored papers. */
function watch(pid: number, databaseFile: string) {
  const threads = new Map<string, number>();
  const points: Point[] = [nothing];
  const database = openReadOnly(databaseFile);
  const count = database.prepare<[], number>('SELECT coalesce(max(key), 0) FROM Paper').pluck();
  const timer = setInterval(() => {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const fields = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        threads.set(thread, (Number(fields[11]) + Number(fields[12])) / 100);
      }
    } catch {
      return; // The thread has just ended, or this is not Linux.
    }
    points.push({
      papers: count.get() ?? 0,
      cpu: [...threads.values()].reduce((sum, one) => sum + one, 0),
      mb: memoryOf(pid),
    });
  }, 50);
  const stop = () => {
    clearInterval(timer);
    database.close();
    return { points, threads };
  };
  return { stop };
}

/** Returns CPU seconds per paper in a fifth of the run. The first fifth includes the program's start. */
function costIn(points: readonly Point[], papers: number, fifth: number): number {
  const [from, to] = [at(points, (papers * (fifth - 1)) / 5), at(points, (papers * fifth) / 5)];
  return (to.cpu - from.cpu) / Math.max(1, to.papers - from.papers);
}

function at(points: readonly Point[], papers: number): Point {
  return points.find((point) => point.papers >= papers) ?? points.at(-1) ?? nothing;
}

function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // The process has just ended.
  }
}

/** The lower bound: inserts the same rows into an empty store with prepared statements. */
function writeBare(databaseFile: string, papers: number): void {
  const bareFile = join(folder, 'bare.db');
  withStore(bareFile, () => {});
  const source = openReadOnly(databaseFile);
  const rows = tables.map((table) => source.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][]);
  source.close();
  const bare = openForWriting(bareFile);
  const [started, cpuBefore] = [performance.now(), process.cpuUsage()];
  for (const [i, table] of tables.entries()) insertAll(bare, table, rows[i] ?? []);
  bare.close();
  const { user, system } = process.cpuUsage(cpuBefore);
  tell('SQLite alone, the same rows', papers, (performance.now() - started) / 1000, (user + system) / 1e6);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${bareFile}${suffix}`, { force: true });
}

function insertAll(
  database: ReturnType<typeof openForWriting>,
  into: string,
  rows: readonly (readonly unknown[])[],
): void {
  if (rows.length === 0) return;
  const insert = database.prepare(`INSERT INTO ${into} VALUES (${rows[0]?.map(() => '?')})`);
  for (let at = 0; at < rows.length; at += rowsATransaction)
    database.transaction(() => {
      for (const row of rows.slice(at, at + rowsATransaction)) insert.run(...row);
    })();
}

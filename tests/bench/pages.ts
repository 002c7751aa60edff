/**
 * Ingest and pages at 35, 10,000 and 100,000 papers, beside a bare node:http server with the same bytes:
 * `npm run bench pages -- DIR`, where DIR holds papers-100k.jsonl.gz.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestPapers } from '#ingest/ingest-papers';
import type { SourceEvent } from '#ingest/source';
import { jsonl } from '#ingest/sources/jsonl';
import { parseListing } from '#ingest/sources/listing';
import { openWritable } from '#store/database';
import { migrate } from '#store/migrate';
import { createRecordWriter } from '#store/record-writer';

const root = join(import.meta.dirname, '..', '..');
const source = join(process.argv[2] ?? '', 'papers-100k.jsonl.gz');
const port = 3393;
const requestsEach = 60;
const connections = 8;
const secondsEach = 3;
const now = '2026-01-01T00:00:00Z';

if (!existsSync(source)) {
  console.error(`There is no ${source}; the folder with papers-100k.jsonl.gz is the argument.`);
  process.exit(2);
}

const listing = readFileSync(join(root, 'seeds', 'daily-papers-2025-12-16.txt'), 'utf8');
const paths = [
  '/',
  '/papers',
  '/papers?q=decoder',
  '/papers?q=language+model',
  '/papers?authors=1..3&published=2024',
  '/papers/trending',
  '/tags',
  '/api/v1/papers?q=decoder',
];

console.log(
  `Listing of 35 papers: parsed in ${median(times(30, () => parseListing(listing, { name: 'daily-papers-2025-12-16.txt', today: '2026-01-01' as never }))).toFixed(1)} ms\n`,
);
for (const papers of [35, 10_000, 100_000]) await benchStore(papers);

async function benchStore(papers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
  const file = join(folder, 'digest.db');
  try {
    if (papers > 35) await fill(file, papers);
    await benchPages(file, papers);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(file: string, papers: number): Promise<void> {
  migrate(file, join(root, 'prisma', 'migrations'));
  const database = openWritable(file);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const report = await ingestPapers(first(papers), { writer: createRecordWriter(database) });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  database.close();
  console.log(
    `Ingest of ${report.read.toLocaleString('en')} papers: ${Math.round(report.read / seconds).toLocaleString('en')} papers/s (${((user + system) / report.read / 1000).toFixed(2)} ms CPU each), ` +
      `${Math.round(process.memoryUsage().rss / 1e6)} MB resident, ${Math.round(statSync(file).size / 1e6)} MB file`,
  );
}

async function* first(papers: number): AsyncGenerator<SourceEvent> {
  let count = 0;
  for await (const event of jsonl.read({ bytes: createReadStream(source), name: 'papers', size: null, now }, {})) {
    yield event;
    if (event.kind === 'record' && ++count === papers) return;
  }
}

async function benchPages(file: string, papers: number): Promise<void> {
  const server = await startSite(file);
  const rows: Record<string, string | number>[] = [];
  try {
    for (const path of paths) rows.push(await benchPage(path));
  } finally {
    server.kill('SIGTERM');
  }
  console.log(`\n${papers.toLocaleString('en')} papers`);
  console.table(rows);
}

/** A server of its own over the store; resolves when it answers with its index ready. */
async function startSite(file: string): Promise<ChildProcess> {
  const env = { ...process.env, PORT: String(port), DATABASE_URL: `file:${file}`, SOURCES: '' };
  spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  const server = spawn(process.execPath, ['scripts/serve.mjs'], { cwd: root, env, stdio: 'ignore' });
  const started = performance.now();
  while (performance.now() - started < 120_000) {
    const answer = await fetchBytes(`http://127.0.0.1:${port}/api/health`).catch(() => null);
    if (answer) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await new Promise((resolve) => setTimeout(resolve, isSmall(file) ? 2_000 : 25_000));
  return server;
}

/** The seeds alone: their index is there in a moment. */
function isSmall(file: string): boolean {
  return !existsSync(file) || statSync(file).size < 5_000_000;
}

async function benchPage(path: string): Promise<Record<string, string | number>> {
  const url = `http://127.0.0.1:${port}${path}`;
  const body = await fetchBytes(url);
  const latencies: number[] = [];
  for (let i = 0; i < requestsEach; i++) {
    const started = performance.now();
    await fetchBytes(url);
    latencies.push(performance.now() - started);
  }
  const bare = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
  await new Promise((resolve) => bare.once('listening', resolve));
  const bareRate = await rate(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`);
  bare.close();
  bare.closeAllConnections();
  const ours = await rate(url);
  return {
    page: path,
    kB: Math.round(body.length / 1000),
    'p50 ms': round(quantile(latencies, 0.5)),
    'p95 ms': round(quantile(latencies, 0.95)),
    'a second': Math.round(ours),
    'bare node:http': Math.round(bareRate),
  };
}

async function rate(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + secondsEach * 1000;
  let count = 0;
  const client = async () => {
    while (performance.now() < end) {
      await fetchBytes(url, agent);
      count++;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return count / secondsEach;
}

function fetchBytes(url: string, agent?: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, agent ? { agent } : {}, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(Buffer.concat(chunks)) : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    }).on('error', reject);
  });
}

function times(count: number, run: () => unknown): number[] {
  return Array.from({ length: count }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

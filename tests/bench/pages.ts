/**
 * `npm run bench pages -- DIR [SIZE or STORE …]`: pages at 35, 10,000 and 100,000 papers, compared with a bare
 * node:http server that sends the same bytes. DIR contains papers-100k.jsonl.gz.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillStore } from '#tests/fill-store.ts';
import { recordedData } from '#tests/recorded-data.ts';
import { ask, type Served, serveSite } from '#tests/served-site.ts';

const root = join(import.meta.dirname, '..', '..');
const { folder, rest: sizes } = recordedData();
const source = join(folder, 'papers-100k.jsonl.gz');
const latencies = 40;
const connections = 8;
const secondsEach = 3;
/** Requests with a cookie bypass the page cache. */
const uncached = { cookie: 'bench=1' };
const packed = { 'accept-encoding': 'br, gzip' };

if (!existsSync(source)) {
  console.error(`There is no ${source}; the folder with papers-100k.jsonl.gz is the argument.`);
  process.exit(2);
}

const paths = [
  '/',
  '/papers',
  '/papers?q=decoder',
  '/papers?q=language+model',
  '/papers?authors=1..3&published=2024',
  '/papers/trending',
  '/tags',
  '/tags/large-language-models',
  '/api/v1/papers?q=decoder',
];

spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
for (const size of sizes.length > 0 ? sizes : ['35', '10000', '100000']) await benchStore(size);

/** `size` is a number of papers or a database file. */
async function benchStore(size: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
  const file = /^\d+$/.test(size) ? join(work, 'digest.db') : size;
  try {
    if (file !== size && Number(size) > 35) await fillStore({ file, source, papers: Number(size) });
    const site = await serveSite(file);
    try {
      await benchPages(site, size);
    } finally {
      await site.stop();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function benchPages(site: Served, size: string): Promise<void> {
  console.log(`\n${size} papers; ready after ${site.readySeconds.toFixed(0)} s with ${memoryOf(site.pid)} MB`);
  const rows: Record<string, string | number>[] = [];
  for (const path of paths) rows.push(await benchPage(site, path));
  console.table(rows);
  console.log(`${memoryOf(site.pid)} MB resident afterwards`);
}

async function benchPage({ origin, pid }: Served, path: string): Promise<Record<string, string | number>> {
  const url = `${origin}${path}`;
  const first = await ask(url);
  const small = await ask(url, { headers: packed });
  const bare = createServer((_, response) => response.end(first.body)).listen(0, '127.0.0.1');
  await new Promise((resolve) => bare.once('listening', resolve));
  const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  const cpuBefore = cpuMsOf(pid);
  const uncachedTimes = await times(url, uncached);
  const cpuMs = (cpuMsOf(pid) - cpuBefore) / latencies;
  const cachedTimes = await times(url, {});
  const known = await times(url, { 'if-none-match': first.headers.etag ?? '' });
  const row = {
    page: path,
    kB: Math.round(first.body.length / 1000),
    'br kB': Math.round(small.body.length / 1000),
    'made p50': quantile(uncachedTimes, 0.5),
    'made p95': quantile(uncachedTimes, 0.95),
    'made CPU': round(cpuMs),
    'kept CPU': await cachedCpuMs(url, pid),
    'kept p50': quantile(cachedTimes, 0.5),
    'kept p95': quantile(cachedTimes, 0.95),
    '304 p50': quantile(known, 0.5),
    'made /s': await rate(url, uncached),
    'kept /s': await rate(url, {}),
    'br /s': await rate(url, packed),
    '304 /s': await rate(url, { 'if-none-match': first.headers.etag ?? '' }),
    'bare /s': await rate(bareUrl, {}),
  };
  bare.close();
  bare.closeAllConnections();
  return row;
}

async function times(url: string, headers: Readonly<Record<string, string>>): Promise<number[]> {
  const measured: number[] = [];
  for (let i = 0; i < latencies; i++) {
    const started = performance.now();
    await ask(url, { headers });
    measured.push(performance.now() - started);
  }
  return measured;
}

async function rate(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const end = performance.now() + secondsEach * 1000;
  let count = 0;
  const client = async () => {
    while (performance.now() < end) {
      await ask(url, { headers, keepAlive: true });
      count++;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return Math.round(count / secondsEach);
}

/** Returns the server's CPU time in ms for one cached response. */
async function cachedCpuMs(url: string, pid: number): Promise<number> {
  const requests = 1000;
  const before = cpuMsOf(pid);
  for (let i = 0; i < requests; i++) await ask(url, { headers: packed, keepAlive: true });
  return Math.round(((cpuMsOf(pid) - before) / requests) * 100) / 100;
}

/** Returns a process's CPU time in ms (Linux only). */
function cpuMsOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return (
    ((Number(fields[11]) + Number(fields[12])) * 1000) /
    Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  );
}

function memoryOf(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

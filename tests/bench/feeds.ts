/** Feeds and exports on a store of made-up papers, beside a bare server with the same bytes: `npm run bench feeds -- [PAPERS]`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaperRecordInput } from '#core/record';
import { ingestPapers } from '#ingest/ingest-papers';
import type { SourceEvent } from '#ingest/source';
import { openWritable } from '#store/database';
import { migrate } from '#store/migrate';
import { createRecordWriter } from '#store/record-writer';

const root = join(import.meta.dirname, '..', '..');
const papers = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
const databaseFile = join(folder, 'digest.db');
const [sitePort, barePort] = [3391, 3392];
const secondsEach = 5;
const connections = 8;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: `file:${databaseFile}`,
  SEED: '0',
  PORT: String(sitePort),
  HOST: '127.0.0.1',
  SOURCES: '',
};

try {
  await fill();
  await benchExports();
  await benchRequests();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  migrate(databaseFile, join(root, 'prisma', 'migrations'));
  const database = openWritable(databaseFile);
  const report = await ingestPapers(madeUp(), { writer: createRecordWriter(database) });
  database.close();
  console.log(`${report.added.toLocaleString('en')} papers, ${megabytes(statSync(databaseFile).size)} MB`);
}

async function* madeUp(): AsyncGenerator<SourceEvent> {
  const words =
    'attention model language training data neural decoding speculative graph vision policy reward diffusion sparse scaling retrieval reasoning agent bound'.split(
      ' ',
    );
  let state = 42;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const text = (count: number) => Array.from({ length: count }, () => words[next(words.length)]).join(' ');
  for (let i = 0; i < papers; i++) {
    const record: PaperRecordInput = {
      source: 'jsonl',
      ownId: `made-up-${i}`,
      title: `${text(8)} ${i} in $O(n^${next(9)})$`,
      abstract: `${text(170)} costs $\\sqrt{n_${next(9)}}$.`,
      authors: Array.from({ length: 1 + next(8) }, () => `Ada${next(900)} Example${next(900)}`),
      publishedOn: `20${10 + next(15)}-0${1 + next(9)}-1${next(9)}` as never,
      listings: [{ day: `2025-0${1 + next(9)}-1${next(9)}` as never, position: 1 + next(40) }],
      categories: ['cs.CL'],
      fetchedAt: '2025-12-16T08:00:00Z',
    };
    yield { kind: 'record', record, where: String(i) };
  }
}

async function benchExports(): Promise<void> {
  console.log('\n| export | seconds | MB | peak memory, MB |\n|---|---|---|---|');
  for (const format of ['jsonl', 'csv', 'bib', 'csl.json', 'ris', 'md']) {
    const file = join(folder, `papers.${format}`);
    const start = performance.now();
    const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'export', file], { cwd: root, env: environment, stdio: 'ignore' });
    const peak = watchMemory(child);
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the export as ${format} ended with ${code}`);
    console.log(`| ${format} | ${((performance.now() - start) / 1000).toFixed(1)} | ${megabytes(statSync(file).size)} | ${peak()} |`);
    rmSync(file);
  }
}

/** The most memory the process was seen with; where there is no /proc, a dash. */
function watchMemory(child: ChildProcess): () => string {
  let peak = '–';
  const timer = setInterval(() => {
    try {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      if (kilobytes) peak = megabytes(Number(kilobytes) * 1024);
    } catch {
      // It has ended, or this system has no /proc: the last reading stands.
    }
  }, 50);
  child.once('exit', () => clearInterval(timer));
  return () => peak;
}

async function benchRequests(): Promise<void> {
  const site = spawn(process.execPath, [join(root, 'scripts/serve.mjs')], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const site0 = `http://127.0.0.1:${sitePort}`;
  await until(`${site0}/api/health`);
  console.log('\n| address | answer | KB | site, requests/s | bare server, requests/s |\n|---|---|---|---|---|');
  for (const path of [
    '/feeds/papers.atom',
    '/feeds/papers.rss',
    '/feeds/papers.json',
    '/feeds/papers.atom?q=speculative+decoding',
    '/api/v1/papers',
  ]) {
    const { etag, body } = await get(`${site0}${path}`);
    const bare = await startBare(body, etag);
    for (const headers of [{}, { 'if-none-match': etag }] as Record<string, string>[]) {
      const name = headers['if-none-match'] ? '304' : '200';
      const [ours, theirs] = [await rate(`${site0}${path}`, headers), await rate(`http://127.0.0.1:${barePort}/`, headers)];
      console.log(`| ${path} | ${name} | ${(body.length / 1000).toFixed(0)} | ${ours} | ${theirs} |`);
    }
    bare.kill();
    await once(bare, 'exit');
  }
  site.kill();
  await once(site, 'exit');
}

/** A process that answers with bytes it has, and 304 to the tag. */
async function startBare(body: Buffer, etag: string): Promise<ChildProcess> {
  writeFileSync(join(folder, 'body'), body);
  const code = `const body = require('node:fs').readFileSync(${JSON.stringify(join(folder, 'body'))});
    const etag = ${JSON.stringify(etag)};
    require('node:http').createServer((request, response) => {
      response.setHeader('etag', etag);
      if (request.headers['if-none-match'] === etag) { response.statusCode = 304; response.end(); } else response.end(body);
    }).listen(${barePort}, '127.0.0.1');`;
  const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  await until(`http://127.0.0.1:${barePort}/`);
  return child;
}

type Answer = { readonly status: number; readonly etag: string; readonly body: Buffer };

function get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(address, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, etag: response.headers.etag ?? '', body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

async function until(address: string): Promise<void> {
  let last: unknown;
  for (let tries = 0; tries < 600; tries++) {
    last = await get(address).catch((error: unknown) => error);
    if (last && typeof last === 'object' && 'status' in last && last.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} does not answer`, { cause: last });
}

async function rate(address: string, headers: Record<string, string>): Promise<number> {
  const expected = headers['if-none-match'] ? 304 : 200;
  const end = performance.now() + secondsEach * 1000;
  let count = 0;
  const ask = async () => {
    while (performance.now() < end) {
      const { status } = await get(address, headers);
      if (status !== expected) throw new Error(`${address} answered ${status} instead of ${expected}`);
      count++;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  return Math.round(count / secondsEach);
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en');
}

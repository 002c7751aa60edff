/**
 * `npm run bench -- memory DIR [STORE]`: memory of the built site with the recorded papers in DIR, or with STORE.
 * Measures a minute after the start, at the end of each kind of load, and a minute later.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Running, root, startSite } from '#tests/bench-site.ts';
import { memoryOfTree } from '#tests/process-memory.ts';
import { replayInto } from '#tests/replayed-store.ts';

type Load = {
  readonly what: string;
  readonly connections: number;
  readonly seconds: number;
  readonly path: (n: number) => string;
  readonly body?: (n: number) => string;
};

const minuteMs = 60_000;
const mcp = (n: number) =>
  JSON.stringify(
    Array.from({ length: 20 }, (_, i) => ({
      jsonrpc: '2.0',
      id: i,
      method: 'tools/call',
      params: { name: 'search_papers', arguments: { query: `m${n} ${i}` } },
    })),
  );
const loadsOf = (paperId: string): readonly Load[] => [
  { what: 'new searches, 100 connections', connections: 100, seconds: 20, path: (n) => `/papers?q=model+w${n}` },
  { what: 'new searches, 1,000 connections', connections: 1_000, seconds: 20, path: (n) => `/papers?q=model+x${n}` },
  { what: 'pictures, 50 connections', connections: 50, seconds: 20, path: (n) => `/og/${paperId}?x=${n}` },
  { what: 'MCP in batches, 10 connections', connections: 10, seconds: 20, path: () => '/mcp', body: mcp },
  { what: 'whole exports, 20 connections', connections: 20, seconds: 20, path: () => '/feeds/papers.jsonl' },
];
const newPages: Load = {
  what: 'new pages, 20 connections',
  connections: 20,
  seconds: 100,
  path: (n) => `/papers?q=model+y${n}`,
};

const [recording = '', given] = process.argv.slice(2);
if (given === undefined && !existsSync(join(recording, 'hf-daily'))) {
  console.error(`There is no ${join(recording, 'hf-daily')}; the folder with the recorded data is the argument.`);
  process.exit(2);
}
spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
const file = given ?? join(folder, 'digest.db');
try {
  if (given === undefined) console.log(`${await replayInto(file, recording)} papers`);
  const site = await startSite(file);
  try {
    console.table(await measure(site));
  } finally {
    await site.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

type Row = {
  readonly when: string;
  readonly 'resident MB': number;
  readonly 'anonymous MB': number;
  readonly answers: string;
};

async function measure(site: Running): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const note = (when: string, answers = '') => {
    const { residentMb, anonymousMb } = memoryOfTree(site.child.pid ?? 0);
    rows.push({ when, 'resident MB': residentMb, 'anonymous MB': anonymousMb, answers });
  };
  for (const path of ['/', '/papers?q=language+model']) await send(site.origin + path, new Agent());
  await sleep(minuteMs);
  note('one / and one search, a minute later');
  for (const load of loadsOf(await anId(site.origin))) note(load.what, await run(load, site.origin));
  await sleep(minuteMs);
  note('a minute later');
  note(newPages.what, await run(newPages, site.origin));
  await sleep(minuteMs);
  note('a minute later');
  return rows;
}

async function anId(origin: string): Promise<string> {
  const { papers } = (await (await fetch(`${origin}/api/v1/papers?limit=1`)).json()) as {
    readonly papers: readonly { readonly id: string }[];
  };
  return papers[0]?.id ?? '';
}

/** Returns the number of responses by status. */
async function run({ connections, seconds, path, body }: Load, origin: string): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const endMs = performance.now() + seconds * 1000;
  const counts = new Map<string, number>();
  let n = 0;
  const client = async () => {
    while (performance.now() < endMs) {
      const sent = n++;
      const status = await send(origin + path(sent), agent, body?.(sent)).catch(() => 'none');
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return [...counts].map(([status, count]) => `${status}: ${count}`).join(', ');
}

function send(address: string, agent: Agent, body?: string): Promise<string> {
  const headers = {
    'accept-encoding': 'br, gzip',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    request(address, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      response.resume().once('end', () => resolve(String(response.statusCode)));
      response.once('error', reject);
    })
      .once('error', reject)
      .end(body);
  });
}

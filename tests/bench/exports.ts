/** `npm run bench exports -- [PAPERS or STORE]`: time and memory of exports, by the command and by the server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fillWithMadeUpPapers } from '#tests/bench-papers.ts';
import { cpuMsOf, environmentOf, memoryOf, root, startSite, watchMemory } from '#tests/bench-site.ts';

const formats = ['jsonl', 'csv', 'bib', 'csl.json', 'ris', 'md'];
/** A number of papers to generate, or an existing store. */
const given = process.argv[2] ?? '100000';
const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
const databaseFile = existsSync(given) ? resolve(given) : join(folder, 'digest.db');

try {
  if (!existsSync(databaseFile)) await fillWithMadeUpPapers(databaseFile, Number(given));
  await benchCommand();
  await benchServer();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function benchCommand(): Promise<void> {
  console.log('\n| `npm run export` | seconds | MB | peak memory, MB |\n|---|---|---|---|');
  for (const format of formats) {
    const file = join(folder, `papers.${format}`);
    const start = performance.now();
    const command = [join(root, 'dist/cli.mjs'), 'export', file];
    const child = spawn(process.execPath, command, { cwd: root, env: environmentOf(databaseFile), stdio: 'ignore' });
    const peak = watchMemory(child);
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the export as ${format} ended with ${code}`);
    console.log(
      `| \`${format}\` | ${secondsSince(start)} | ${megabytes(statSync(file).size)} | ${Math.round(peak())} |`,
    );
    rmSync(file);
  }
}

async function benchServer(): Promise<void> {
  const site = await startSite(databaseFile);
  try {
    console.log('\n| server | seconds | CPU s | MB sent | memory before, MB | peak, MB |\n|---|---|---|---|---|---|');
    for (const encoding of ['identity', 'gzip']) {
      for (const format of formats) {
        const [before, cpuBefore, start, peak] = [
          memoryOf(site.child),
          cpuMsOf(site.child),
          performance.now(),
          watchMemory(site.child),
        ];
        const bytes = await countBytes(`${site.origin}/feeds/papers.${format}`, encoding);
        const cpu = ((cpuMsOf(site.child) - cpuBefore) / 1000).toFixed(1);
        const name = encoding === 'gzip' ? `\`${format}\`, compressed` : `\`${format}\``;
        console.log(
          `| ${name} | ${secondsSince(start)} | ${cpu} | ${megabytes(bytes)} | ${Math.round(before)} | ${Math.round(peak())} |`,
        );
      }
    }
  } finally {
    await site.stop();
  }
}

/** Reads a response and discards it. */
function countBytes(address: string, encoding: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(address, { headers: { 'accept-encoding': encoding } }, (response) => {
      let bytes = 0;
      if (response.statusCode !== 200) reject(new Error(`${address} answered ${response.statusCode}`));
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en');
}

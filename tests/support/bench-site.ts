/** Runs the site and a bare server as processes for benches, and measures their CPU time and memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export const root = join(import.meta.dirname, '..', '..');
const connections = 8;
const secondsEach = 4;
const pollMs = 100;
const startLimitMs = 20 * 60_000;
const indexLoadMs = 5000;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

export type Running = { readonly origin: string; readonly child: ChildProcess; stop(): Promise<void> };
export type Answer = { readonly status: number; readonly etag: string; readonly body: Buffer };

export const environmentOf = (databaseFile: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: `file:${databaseFile}`,
  SEED: '0',
  SOURCES: '',
});

/** Starts the built site without a supervisor, and waits until its search index is ready. */
export async function startSite(databaseFile: string): Promise<Running> {
  const port = await freePort();
  const env = { ...environmentOf(databaseFile), HOST: '127.0.0.1', PORT: String(port) };
  const child = spawn(process.execPath, [join(root, 'scripts/server-process.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const site = running(child, port);
  await until(async () => (await ask(`${site.origin}/api/health`)).status === 200);
  // The server does not report a loaded index. It saves the index after the build and loads it soon after.
  await until(async () => existsSync(join(`${databaseFile}.index`, 'index.json')));
  await sleep(indexLoadMs);
  return site;
}

/** Starts a bare server that sends fixed bytes, or 304 for their entity tag. */
export async function startBare({ body, etag }: Answer, folder: string): Promise<Running> {
  const [port, file] = [await freePort(), join(folder, 'body')];
  writeFileSync(file, body);
  const code = `const body = require('node:fs').readFileSync(${JSON.stringify(file)});
    const etag = ${JSON.stringify(etag)};
    require('node:http').createServer((request, response) => {
      response.setHeader('etag', etag);
      if (request.headers['if-none-match'] === etag) { response.statusCode = 304; response.end(); } else response.end(body);
    }).listen(${port}, '127.0.0.1');`;
  const child = spawn(process.execPath, ['-e', code], { cwd: dirname(file), stdio: 'ignore' });
  const bare = running(child, port);
  await until(async () => (await ask(bare.origin)).status === 200);
  return bare;
}

function running(child: ChildProcess, port: number): Running {
  return {
    origin: `http://127.0.0.1:${port}`,
    child,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const start = performance.now(); performance.now() - start < startLimitMs; await sleep(pollMs))
    if (await isSo().catch(() => false)) return;
  throw new Error('the server is not ready');
}

export function ask(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
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

export type Rate = { readonly perSecond: number; readonly cpuMs: number };

/** Sends requests with eight clients for some seconds. `cpuMs` is the server's CPU time per response. */
export async function measureRate(
  { origin, child }: Running,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Rate> {
  const expected = headers['if-none-match'] === undefined ? 200 : 304;
  const [cpuBefore, start] = [cpuMsOf(child), performance.now()];
  let count = 0;
  const client = async () => {
    while (performance.now() - start < secondsEach * 1000) {
      const { status } = await ask(`${origin}${path}`, headers);
      if (status !== expected) throw new Error(`${path} answered ${status} instead of ${expected}`);
      count++;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return { perSecond: count / ((performance.now() - start) / 1000), cpuMs: (cpuMsOf(child) - cpuBefore) / count };
}

/** Returns the CPU time of a process in ms, in steps of 10 ms. NaN without /proc. */
export function cpuMsOf({ pid }: ChildProcess): number {
  const fields = readProcess(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) * 10 : Number.NaN;
}

/** Returns the current resident memory of a process in MB. NaN without /proc. */
export function memoryOf({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readProcess(pid, 'status') ?? '')?.[1] ?? Number.NaN) / 1000;
}

function readProcess(pid: number | undefined, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null; // The process has ended, or this system has no /proc.
  }
}

/** Samples the memory of a process. Call the returned function to stop and to get the peak in MB. */
export function watchMemory(child: ChildProcess): () => number {
  let peak = memoryOf(child);
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(child) || 0);
  }, 50);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

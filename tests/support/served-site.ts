/** Starts the built site as a process for benches, waits for its index, and stops it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const root = join(import.meta.dirname, '..', '..');
const readyLimitMs = 1_800_000;
const agent = new Agent({ keepAlive: true });

export type Served = {
  readonly origin: string;
  readonly pid: number;
  readonly readySeconds: number;
  stop(): Promise<void>;
};

export async function serveSite(databaseFile: string): Promise<Served> {
  const port = await freePort();
  const child = spawn(process.execPath, ['scripts/server-process.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${databaseFile}`,
      SOURCES: '',
      SITE_URL: '',
    },
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${port}`;
  const started = performance.now();
  // The server saves the index when it is built, and uses it for searches from then on.
  const isReady = async () =>
    existsSync(`${databaseFile}.index`) &&
    readdirSync(`${databaseFile}.index`).length > 0 &&
    (await ask(`${origin}/api/health`).then(
      ({ status }) => status === 200,
      () => false,
    ));
  while (!(await isReady())) {
    if (child.exitCode !== null || performance.now() - started > readyLimitMs)
      throw new Error('The site does not get ready.');
    await sleep(200);
  }
  const readySeconds = (performance.now() - started) / 1000;
  await sleep(3_000);
  return {
    origin,
    pid: child.pid ?? 0,
    readySeconds,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export type SiteResponse = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };
type Ask = { readonly headers?: Readonly<Record<string, string>>; readonly keepAlive?: boolean };

export function ask(url: string, { headers = {}, keepAlive = false }: Ask = {}): Promise<SiteResponse> {
  return new Promise((resolve, reject) => {
    get(url, { headers, ...(keepAlive ? { agent } : { agent: false }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        if (status !== 200 && status !== 304) reject(new Error(`${url} answered ${status}`));
        else resolve({ status, headers: response.headers, body: Buffer.concat(chunks) });
      });
    }).on('error', reject);
  });
}

/** Runs `serve.mjs` as a real process with its own store and with faults that a test injects. */
import { type StdioOptions, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from './free-port.ts';

export const root = join(import.meta.dirname, '..', '..');

export type Settings = Readonly<Record<string, string>>;

/** Starts a command of the project with the fault preload. `folder` contains its store, port and fault file. */
export async function startFaulty(
  folder: string,
  { stdio, settings = {} }: { readonly stdio: StdioOptions; readonly settings?: Settings },
) {
  const port = await freePort();
  const faultFile = join(folder, 'fault');
  const env = {
    ...process.env,
    DATABASE_URL: `file:${join(folder, 'store.db')}`,
    HOST: '127.0.0.1',
    PORT: String(port),
    SEED: '0',
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'fault-preload.mjs'))}`,
    FAULT_FILE: faultFile,
    ...settings,
  };
  const child = spawn(process.execPath, ['scripts/serve.mjs'], { cwd: root, env, stdio });
  const origin = `http://127.0.0.1:${port}`;
  return {
    child,
    origin,
    ended: new Promise<number | null>((resolve) => child.once('exit', resolve)),
    plant: (fault: 'throw' | 'reject' | 'loop') => writeFileSync(faultFile, fault),
    statusOf: (path: string) => statusOf(origin + path),
    /** The process id of the last server that started. Null before the first start. */
    pid: () => (existsSync(`${faultFile}.pid`) ? Number(readFileSync(`${faultFile}.pid`, 'utf8')) : null),
  };
}

/** Returns the status, or 0 if there is no response. */
export async function statusOf(url: string): Promise<number> {
  return fetch(url, { signal: AbortSignal.timeout(10_000), headers: { connection: 'close' } }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => 0,
  );
}

export async function until(holds: () => Promise<boolean> | boolean, limitMs = 40_000): Promise<void> {
  for (const endMs = Date.now() + limitMs; !(await holds()); await sleep(50))
    if (Date.now() > endMs) throw new Error(`It did not happen within ${limitMs} ms.`);
}

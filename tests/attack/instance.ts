/** A server under attack: starts, observes and stops its process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#tests/free-port.ts';
import type { StartOptions } from './attack-row.ts';
import { send } from './send-request.ts';

const root = join(import.meta.dirname, '..', '..');
const readyLimitMs = 120_000;
const stopLimitMs = 15_000;

export type Instance = {
  /** No trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly databaseFile: string;
  /** The server's output so far. Empty if it is redirected. */
  output(): string;
  /** Resident memory of the server and its supervisor in MB. NaN if we did not start the server. */
  memory(): number;
  /** Process ids, the server itself first. */
  pids(): readonly number[];
  /** The exit code, once the supervisor has ended. */
  ended(limitMs: number): Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
};

type Options = StartOptions & { readonly databaseFile: string; readonly waitsUntilReady?: boolean };

/** Starts the built site and waits until the index is loaded. */
export async function startInstance({ waitsUntilReady = true, ...options }: Options): Promise<Instance> {
  const port = await freePort();
  const { child, output } = spawnServer(options, port);
  const instance = toInstance({ child, output, port, databaseFile: options.databaseFile });
  if (waitsUntilReady) await untilReady(instance, child);
  return instance;
}

/** Wraps a server that is already running. */
export function attachInstance(url: URL): Instance {
  const unknown = () => {
    throw new Error('This server was not started here.');
  };
  return {
    url: url.origin,
    port: Number(url.port || 80),
    databaseFile: '',
    output: () => '',
    memory: () => Number.NaN,
    pids: () => [],
    ended: unknown,
    kill: unknown,
    stop: async () => {},
  };
}

function spawnServer({ databaseFile, settings = {}, before = '', redirect = '' }: Options, port: number) {
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: `file:${databaseFile}`,
    SOURCES: '',
    SMTP_URL: '',
    SITE_URL: '',
    SEED: '0',
    ...settings,
  };
  const command = `${before ? `${before}; ` : ''}exec "$0" scripts/serve.mjs ${redirect}`;
  const child = spawn('bash', ['-c', command, process.execPath], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return { child, output: () => text };
}

type Parts = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly port: number;
  readonly databaseFile: string;
};

function toInstance({ child, output, port, databaseFile }: Parts): Instance {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const pids = () => familyOf(child.pid ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    databaseFile,
    output,
    pids,
    memory: () => pids().reduce((sum, pid) => sum + residentMegabytes(pid), 0),
    async ended(limitMs) {
      if (!hasEnded()) await Promise.race([once(child, 'exit'), sleep(limitMs, null, { ref: false })]);
      return child.exitCode;
    },
    kill: (signal) => void child.kill(signal),
    async stop() {
      if (hasEnded()) return;
      const family = pids();
      child.kill('SIGTERM');
      await Promise.race([once(child, 'exit'), sleep(stopLimitMs)]);
      if (!hasEnded()) for (const pid of family) killIfThere(pid);
    },
  };
}

async function untilReady(instance: Instance, child: ChildProcess): Promise<void> {
  for (const start = performance.now(); performance.now() - start < readyLimitMs; await sleep(100)) {
    if (child.exitCode !== null)
      throw new Error(`The server ended with code ${child.exitCode}: ${instance.output().slice(-500)}`);
    const response = await send(`${instance.url}/readyz`).catch(() => null);
    if (response?.status === 200) return;
  }
  throw new Error(`The server is not ready after ${readyLimitMs / 1000} s: ${instance.output().slice(-500)}`);
}

/** Returns a process and its descendants, deepest first. Without /proc, returns the process only. */
function familyOf(pid: number): number[] {
  let all: string[] = [];
  try {
    all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [pid];
  }
  const parents = new Map(all.map((name) => [Number(name), parentOf(name)]));
  const below = (parent: number): number[] =>
    [...parents].filter(([, of]) => of === parent).flatMap(([child]) => [...below(child), child]);
  return [...below(pid), pid];
}

const parentOf = (pid: string): number =>
  Number(
    readProcess(pid, 'stat')
      .replace(/^.*\) \S /s, '')
      .split(' ')[0],
  );
const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readProcess(String(pid), 'status'))?.[1] ?? 0) / 1000;

function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // The process has ended, or this system has no /proc.
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has already ended.
  }
}

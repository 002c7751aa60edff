/** Runs the real ingest command and kills it while it fetches, for the crash test and the benches. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { storeContent } from './store-content.ts';

export const root = join(import.meta.dirname, '..', '..');

export type Where = { readonly databaseFile: string; readonly hf: string; readonly arxiv: string };
export type Command = {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly peakMb: number }>;
};

/** Runs `npm run …` with a given store and given servers. */
export function runCommand(args: readonly string[], where: Where): Command {
  return watch(spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...args], spawnOptions(where)));
}

/** Starts a process that only fetches on schedule, like a server without pages. */
export function runScheduler(where: Where, more: Readonly<Record<string, string>>): Command {
  const file = join(import.meta.dirname, 'fetching-process.ts');
  return watch(spawn(process.execPath, [file], spawnOptions(where, more)));
}

function spawnOptions({ databaseFile, hf, arxiv }: Where, more: Readonly<Record<string, string>> = {}) {
  const env = {
    DATABASE_URL: `file:${databaseFile}`,
    HF_ENDPOINT: hf,
    ARXIV_ENDPOINT: arxiv,
    NODE_ENV: 'production' as const,
  };
  return { cwd: root, env: { PATH: process.env.PATH ?? '', ...env, ...more } };
}

function watch(child: ReturnType<typeof spawn>): Command {
  let output = '';
  let peakMb = 0;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 50);
  const ended = new Promise<{ code: number | null; output: string; peakMb: number }>((resolve) =>
    child.once('close', (code) => {
      clearInterval(timer);
      resolve({ code, output, peakMb });
    }),
  );
  return { child, ended };
}

/** Returns the peak memory of a process. 0 without /proc. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export type Chaos = {
  readonly where: Where;
  /** Commands, each of which is repeated until it completes. */
  readonly commands: readonly (readonly string[])[];
  readonly kills: number;
  readonly random: () => number;
};

/**
 * Runs each command and kills it at random moments until it completes. Frees the lease of a killed process, which
 * would expire after 30 seconds.
 */
export async function fetchWithKills({ where, commands, kills, random }: Chaos) {
  let [killed, failed] = [0, 0];
  for (const args of commands) {
    for (;;) {
      const { child, ended } = runCommand(args, where);
      const isSpared = killed >= kills;
      const kill = isSpared ? null : setTimeout(() => child.kill('SIGKILL'), 200 + random() * 2_500);
      const { code, output } = await ended;
      if (kill !== null) clearTimeout(kill);
      freeLease(where.databaseFile);
      if (code === 0) break;
      if (code === null) killed += 1;
      else if (/ended early|could not be read/.test(output)) failed += 1;
      else throw new Error(`the command ended with ${code}: ${output}`);
      await sleep(10);
    }
  }
  return { killed, failed };
}

function freeLease(databaseFile: string): void {
  withStore(databaseFile, (database) => database.exec('UPDATE Lease SET expiresAt = 0'));
}

export function contentOf(databaseFile: string): string[] {
  return withStore(databaseFile, storeContent);
}

export function withStore<T>(databaseFile: string, use: (database: ReturnType<typeof openForWriting>) => T): T {
  migrate(databaseFile, join(root, 'prisma', 'migrations'));
  const database = openForWriting(databaseFile);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

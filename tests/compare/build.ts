/** One of the two builds: its commands, and its server with a store that its commands filled. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#tests/free-port.ts';

export type CommandOutput = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Build = {
  readonly name: string;
  /** No trailing slash. */
  readonly url: string;
  readonly folder: string;
  run(args: readonly string[]): Promise<CommandOutput>;
  close(): Promise<void>;
};

type Options = {
  readonly name: string;
  readonly checkout: string;
  readonly folder: string;
  readonly papers: string | null;
};

const readyLimitMs = 120_000;

export async function openBuild({ name, checkout, folder, papers }: Options): Promise<Build> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: `file:${join(folder, 'digest.db')}`,
    HOST: '127.0.0.1',
    PORT: String(port),
    SITE_URL: 'http://papers.example',
    MAIL_FROM: 'Paper Digest <digest@papers.example>',
    SOURCES: '',
    SMTP_URL: '',
    LOG_LEVEL: 'warn',
  };
  const run = (args: readonly string[]) => runScript(checkout, ['scripts/cli.mjs', ...args], env);
  await run(['setup']);
  if (papers !== null) await run(['ingest', 'jsonl', papers]);
  const server = spawn(process.execPath, ['scripts/serve.mjs'], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilIndexed(url, server);
  return { name, url, folder, run, close: () => stop(server) };
}

function runScript(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandOutput> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Waits until the index is loaded. Only the index corrects misspelt words, in every version. */
async function untilIndexed(url: string, server: ChildProcess): Promise<void> {
  for (const start = performance.now(); performance.now() - start < readyLimitMs; await sleep(200)) {
    if (server.exitCode !== null) throw new Error(`The server ended with code ${server.exitCode}.`);
    const text = await fetch(`${url}/api/v1/papers?q=langauge`).then(
      (response) => response.text(),
      () => '',
    );
    if (text.includes('didYouMean')) return void (await sleep(2000));
  }
  throw new Error('The index was not loaded in time.');
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

/** Commands as processes: start, stop, kill, errors at the start, and output of the command line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** Returns the sockets that running servers have in a folder for temporary files. */
const socketsIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('paper-digest-'));

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

test.describe('commands', { tag: '@commands' }, () => {
  let folder: string;
  const started = new Set<ChildProcess>();

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paper-digest-commands-'));
  });

  test.afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
    started.clear();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a command of the project with its own store. */
  function start(script: string, args: readonly string[] = [], settings: Readonly<Record<string, string>> = {}) {
    const env = {
      ...process.env,
      DATABASE_URL: `file:${join(folder, 'store.db')}`,
      HOST: '127.0.0.1',
      PORT: '0',
      ...settings,
    };
    const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.add(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
    const address = async () => {
      await expect.poll(() => stdout, { timeout: 20_000 }).toContain('Paper Digest is at ');
      return /at (http:\S+)/.exec(stdout)?.[1] ?? '';
    };
    return { child, ended, address };
  }

  const get = (address: string) =>
    new Promise<{ status: number | undefined; bytes: number }>((resolve, reject) => {
      request(address, (response) => {
        let bytes = 0;
        response.on('data', (chunk) => {
          bytes += chunk.length;
        });
        response.on('end', () => resolve({ status: response.statusCode, bytes }));
        response.on('error', reject);
      })
        .on('error', reject)
        .end();
    });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`after ${signal} the server finishes running requests and exits with 0`, async () => {
      const server = start('scripts/serve.mjs', [], { TMPDIR: folder });
      const address = await server.address();
      expect(socketsIn(folder)).toHaveLength(1);
      await get(`${address}/papers`);
      const responses = Array.from({ length: 12 }, () => get(`${address}/papers`));
      await Promise.race(responses);
      server.child.kill(signal);
      for (const answer of await Promise.all(responses)) expect(answer.status).toBe(200);
      expect((await server.ended).code).toBe(0);
      expect(socketsIn(folder)).toEqual([]);
    });
  }

  test('a server whose front thread throws logs the error, exits with 1 and removes its socket', async () => {
    const fault =
      "import { isMainThread, workerData } from 'node:worker_threads'; if (!isMainThread && workerData?.socketPath) setTimeout(() => { throw new Error('planted'); }, 1000);";
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
    expect(await start('dist/cli.mjs', ['setup'], { SEED: '0' }).ended).toMatchObject({ code: 0 });
    const { code, stderr } = await start('scripts/server-process.mjs', [], { TMPDIR: folder, NODE_OPTIONS }).ended;
    expect([code, stderr.match(/Error: planted/g)?.length]).toEqual([1, 1]);
    expect(socketsIn(folder)).toEqual([]);
  });

  test('a server starts after an earlier one was killed', async () => {
    const killed = start('scripts/serve.mjs');
    await killed.address();
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = start('scripts/serve.mjs');
    expect((await get(`${await next.address()}/api/health`)).status).toBe(200);
  });

  for (const script of ['scripts/start.mjs', 'scripts/serve.mjs']) {
    test(`${script} prints one sentence and exits with 1 if the port is in use`, async () => {
      const holder = createServer();
      const port = await new Promise<number>((resolve) => {
        holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port));
      });
      const { code, stderr } = await start(script, [], { PORT: String(port), SEED: '0', TMPDIR: folder }).ended;
      holder.close();
      expect(socketsIn(folder)).toEqual([]);
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken by another program: [^\\n]+\\n$`));
    });
  }

  test('the server prints one sentence and exits with 1 if it cannot use the temporary folder', async () => {
    const none = join(folder, 'none');
    const long = join(folder, 'a'.repeat(110));
    mkdirSync(long);
    for (const [TMPDIR, sentence] of [
      [none, `No folder can be made in ${none}, where temporary files go (ENOENT): `],
      [long, `${long}/paper-digest-\\w+/origin is too long a name for a socket: `],
    ] as const) {
      const { code, stderr } = await start('scripts/serve.mjs', [], { TMPDIR, SEED: '0' }).ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^${sentence.replace(/[()]/g, '\\$&')}[^\\n]+\\n$`));
    }
    expect(socketsIn(long)).toEqual([]);
  });

  test('the server prints one sentence and exits with 1 if a setting is invalid', async () => {
    const { code, stderr } = await start('scripts/start.mjs', [], { PORT: 'eighty' }).ended;
    expect(code).toBe(1);
    expect(stderr).toBe('The environment variable PORT must be a port number from 0 to 65535.\n');
  });

  test('`ingest --json` prints one JSON object', async () => {
    const args = ['ingest', 'listing', 'seeds/daily-papers-2025-12-16.txt', '--json'];
    const { code, stdout } = await start('scripts/cli.mjs', args).ended;
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(['read', 'added', 'updated', 'unchanged', 'rejected', 'rejectedCount']);
    expect(report).toMatchObject({ read: 35, added: 35, unchanged: 0, rejected: [] });
  });

  for (const path of [
    '/',
    '/papers?q=%22',
    '/no/such/page',
    '/api',
    '/api/health',
    '/api/v1/papers',
    '/api/nothing',
    '/feeds/papers.atom',
    '/feeds/papers.csv',
    '/papers/',
    '/sitemap.xml',
    '/robots.txt',
    '/llms.txt',
    '/opensearch.xml',
    '/.well-known/security.txt',
    '/mcp',
    '/preferences.js',
    '/favicon.svg',
  ])
    test(`${path} carries the security headers`, async ({ request: client }) => {
      const headers = (await client.get(path, { maxRedirects: 0 })).headers();
      const policy = headers['content-security-policy'];
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|nonce/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe(
        /^\/(?:(?:api|feeds)\/|favicon)/.test(path) ? 'cross-origin' : 'same-origin',
      );
      expect(headers).not.toHaveProperty('x-powered-by');
    });
});

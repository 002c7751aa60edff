/** The server process under faults: a broken log, uncaught errors, a hanging thread and kills. */
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type Settings, startFaulty, statusOf, until } from '#tests/a-server-process.ts';

test.describe('process', { tag: '@commands' }, () => {
  let folder: string;
  let started: Awaited<ReturnType<typeof startFaulty>>[] = [];

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paper-digest-process-'));
  });

  test.afterEach(async () => {
    for (const { child, pid } of started) {
      child.kill('SIGKILL');
      if (isAlive(pid())) kill(pid(), 'SIGKILL');
    }
    started = [];
    await sleep(100);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a server with captured output and waits until it listens. */
  async function start(settings: Settings = {}) {
    const server = await startFaulty(folder, { stdio: ['ignore', 'pipe', 'pipe'], settings });
    started.push(server);
    let stderr = '';
    server.child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    server.child.stdout?.resume();
    return { ...server, stderr: () => stderr };
  }

  const isUp = (server: { statusOf(path: string): Promise<number> }) =>
    until(async () => (await server.statusOf('/livez')) === 200);

  const onFullDisk = () => ({
    stdio: ['ignore', openSync('/dev/full', 'w'), openSync('/dev/full', 'w')] as const,
    after: () => {},
  });
  const outputs = {
    ...(existsSync('/dev/full') ? { 'on a full disk': onFullDisk } : {}),
    'of a reader that has gone': () => ({
      stdio: ['ignore', 'pipe', 'pipe'] as const,
      after: ({ stdout, stderr }: ChildProcess) => void [stdout?.destroy(), stderr?.destroy()],
    }),
    'of a reader that stalls': () => ({ stdio: ['ignore', 'pipe', 'pipe'] as const, after: () => {} }),
  };
  for (const [name, open] of Object.entries(outputs)) {
    test(`the site stays up with a log ${name}`, async () => {
      const { stdio, after } = open();
      const server = await startFaulty(folder, { stdio: [...stdio], settings: { FAULT_LOG: '1' } });
      started.push(server);
      for (const output of stdio) if (typeof output === 'number') closeSync(output);
      after(server.child);
      await isUp(server);
      // Meanwhile the server logs more than a megabyte.
      await sleep(2000);
      const pid = server.pid();
      for (const query of ['one', 'two', 'three']) expect(await server.statusOf(`/papers?q=${query}`)).toBe(200);
      expect([await server.statusOf('/api/health'), server.pid()]).toEqual([200, pid]);
      server.child.kill('SIGTERM');
      expect(await server.ended).toBe(0);
    });
  }

  for (const fault of ['throw', 'reject'] as const) {
    test(`the server logs an uncaught error (${fault}) once, exits and restarts`, async () => {
      const server = await start();
      await isUp(server);
      const before = server.pid();
      server.plant(fault);
      await until(() => server.stderr().includes('It starts again in 1 s.'));
      expect(server.stderr().match(/Error: planted/g)).toHaveLength(1);
      expect(server.stderr()).toContain('The server ended with exit code 1.');
      await isUp(server);
      expect(server.pid()).not.toBe(before);
      server.child.kill('SIGTERM');
      expect(await server.ended).toBe(0);
    });
  }

  test('a server restarts after a kill', async () => {
    const server = await start();
    await isUp(server);
    const before = server.pid();
    kill(before, 'SIGKILL');
    await until(async () => server.pid() !== before && (await server.statusOf('/livez')) === 200);
    expect(server.stderr()).toContain('The server ended with SIGKILL. It starts again in 1 s.');
  });

  test('a server does not restart after a stop', async () => {
    const server = await start();
    await isUp(server);
    kill(server.pid(), 'SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.stderr()).not.toContain('starts again');
  });

  test('a server exits and frees its port if its supervisor is killed', async () => {
    const server = await start();
    await isUp(server);
    const pid = server.pid();
    server.child.kill('SIGKILL');
    await until(() => !isAlive(pid), 15_000);
    expect(await statusOf(`${server.origin}/livez`)).toBe(0);
  });

  test('while the main thread hangs, health checks respond with 503, and a stop still ends the server', async () => {
    const server = await start();
    await isUp(server);
    expect(await server.statusOf('/api/health')).toBe(200);
    server.plant('loop');
    for (const path of ['/livez', '/readyz', '/api/health'])
      await until(async () => (await server.statusOf(path)) === 503, 5000);
    const pid = server.pid();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(1);
    expect(isAlive(pid)).toBe(false);
  });

  test('a server prints the reason and exits with 1 if its start hook fails', async () => {
    const server = await start({ FAULT_START: '1' });
    expect(await server.ended).toBe(1);
    expect(server.stderr().match(/Error: planted/g)).toHaveLength(1);
    expect(server.stderr()).toMatch(/\nThe server could not start: planted\n$/);
  });

  test('/readyz responds with 200 once the index is ready', async () => {
    const server = await start({ SEED: '1' });
    await until(async () => (await server.statusOf('/readyz')) === 200);
    const response = await fetch(`${server.origin}/readyz`);
    expect([await response.json(), response.headers.get('cache-control')]).toEqual([
      { ready: true, store: 'ok', index: 'ok' },
      'no-store',
    ]);
  });
});

function kill(pid: number | null, signal: NodeJS.Signals): void {
  if (pid !== null) process.kill(pid, signal);
}

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}

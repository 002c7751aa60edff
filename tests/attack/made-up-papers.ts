/** Papers for the attacked store: deterministic made-up papers, or a file of JSON Lines. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const words =
  'attention model language training data neural decoding speculative graph vision policy reward diffusion sparse scaling retrieval reasoning agent bound'.split(
    ' ',
  );

let state = 42;
function next(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const text = (count: number) => Array.from({ length: count }, () => words[next(words.length)]).join(' ');

const toLine = (prefix: string, n: number): string =>
  JSON.stringify({
    id: `${prefix}-${n}`,
    title: `${text(8)} ${n} in $O(n^${next(9)})$`,
    abstract: `${text(170)} costs $\\sqrt{n_${next(9)}}$.`,
    authors: Array.from({ length: 1 + next(8) }, () => `Ada${next(900)} Example${next(900)}`),
    publishedOn: `20${10 + next(15)}-0${1 + next(9)}-1${next(9)}`,
    listings: [{ source: 'hf', day: `2025-0${1 + next(9)}-1${next(9)}`, position: 1 + next(40) }],
    categories: ['cs.CL'],
  });

/** Ingests `count` papers with the command. Returns its exit code. */
export async function ingestMadeUp(
  databaseFile: string,
  count: number,
  prefix = `extra-${Date.now()}`,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-attack-papers-'));
  try {
    const file = join(folder, 'papers.jsonl');
    writeFileSync(file, Array.from({ length: count }, (_, n) => `${toLine(prefix, n)}\n`).join(''));
    return await runIngest(databaseFile, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ingests a file of JSON Lines with the command. Returns its exit code. */
export async function runIngest(databaseFile: string, file: string): Promise<number> {
  const child = spawn(process.execPath, ['scripts/cli.mjs', 'ingest', 'jsonl', file], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: `file:${databaseFile}`, SEED: '0' },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

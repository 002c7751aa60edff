/** Damaged, replaced or foreign stores. The server must refuse to start with each. */
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Outcome, Stage } from './attack-row.ts';
import { runCommand } from './run-command.ts';

/** Changes a copy of the store before the start. */
export async function refuseStart(stage: Stage, change: (databaseFile: string) => void): Promise<Outcome> {
  const databaseFile = stage.copyStore();
  change(databaseFile);
  return startRefused(databaseFile);
}

/** Starts a server on the store. It must print one sentence with the file's name and leave the file unchanged. */
export async function startRefused(databaseFile: string): Promise<Outcome> {
  const isFile = existsSync(databaseFile) && !existsSync(join(databaseFile, '.'));
  const before = isFile ? readFileSync(databaseFile) : null;
  const { code, output } = await runCommand(['scripts/serve.mjs'], databaseFile, 30_000);
  const isUntouched = before === null || (existsSync(databaseFile) && readFileSync(databaseFile).equals(before));
  const names = output.includes(databaseFile) || output.includes('digest.db');
  return {
    passed: code === 2 && isUntouched && names,
    seen: `code ${code}${isUntouched ? '' : ', FILE CHANGED'}: ${output.trim().split('\n').slice(0, 2).join(' ').slice(0, 260)}`,
  };
}

/** Overwrites some bytes with garbage. */
export const overwrite = (offset: number, length: number) => (file: string) => {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, offset, offset + length);
  writeFileSync(file, bytes);
};

export const changedStores: readonly (readonly [name: string, title: string, change: (file: string) => void])[] = [
  ['empty', 'a store of 0 bytes', (file) => truncateSync(file, 0)],
  ['gone', 'a store that vanished', (file) => rmSync(file)],
  ['header', 'a broken header', overwrite(0, 100)],
  ['page-1', 'a broken first page', overwrite(100, 3000)],
  ['half', 'half of the file', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
  ['100-bytes', 'a file of 100 bytes', (file) => truncateSync(file, 100)],
  ['text', 'a text file', (file) => writeFileSync(file, 'This is a letter.\n'.repeat(1000))],
  ['foreign', 'a SQLite file of another program', makeForeign],
  ['newer', 'a store of a newer version', addFutureMigration],
  ['no-row', 'a store without its own row', (file) => void new Sqlite(file).exec('DELETE FROM Store').close()],
];

function makeForeign(file: string): void {
  rmSync(file);
  new Sqlite(file).exec('CREATE TABLE letters (text TEXT)').close();
}

function addFutureMigration(file: string): void {
  new Sqlite(file)
    .exec(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ('x', 'x', '20990101_future', 1, 1, 1)`,
    )
    .close();
}

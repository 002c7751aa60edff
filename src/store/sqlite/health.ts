/** Checks the store's files, pages, foreign keys and free disk space. Only reads. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openUntouched } from './database.ts';
import { integrityProblems } from './file/check-integrity.ts';
import { checkSchema, type Migration, pendingOf, readMigrations } from './file/check-schema.ts';
import { checkWritable, inspectStoreFile } from './file/inspect-store.ts';
import { toReadableFile } from './file/readable-copy.ts';
import { explainStoreError, StoreRefused } from './file/store-errors.ts';

export type HealthCheck = { readonly name: string; readonly passed: boolean; readonly detail: string };
export type HealthReport = readonly HealthCheck[];

type CheckResult = string | { readonly problem: string };

const freeBytesMin = 500_000_000;
const problemsShownMax = 5;

/** A check that cannot run reports the reason. */
export function checkHealth(databaseFile: string, migrationsDir: string): HealthReport {
  const explain = (error: unknown) =>
    error instanceof StoreRefused
      ? error.message
      : (explainStoreError(error, databaseFile) ?? `could not be checked: ${textOf(error)}`);
  const run = (name: string, check: () => CheckResult): HealthCheck => {
    try {
      const found = check();
      return typeof found === 'string'
        ? { name, passed: true, detail: found }
        : { name, passed: false, detail: found.problem };
    } catch (error) {
      return { name, passed: false, detail: explain(error) };
    }
  };
  const file = run('store', () => {
    if (inspectStoreFile(databaseFile) === 'there') return databaseFile;
    return { problem: `${databaseFile} does not exist yet; npm start makes it` };
  });
  const place = [run('writing', () => checkWriting(databaseFile)), run('disk', () => checkDisk(databaseFile))];
  if (!file.passed) return [file, ...place];
  return [file, ...checkPages(databaseFile, readMigrations(migrationsDir), run), ...place];
}

type Run = (name: string, check: () => CheckResult) => HealthCheck;

function checkPages(databaseFile: string, migrations: readonly Migration[], run: Run): HealthCheck[] {
  let opened: { readonly database: Database; close(): void } | undefined;
  const use = (check: (database: Database) => CheckResult) => () => {
    opened ??= openCopy(databaseFile);
    return check(opened.database);
  };
  try {
    return [
      run(
        'SQLite',
        use(
          (database) =>
            `version ${one(database, 'SELECT sqlite_version()')}, ${one(database, 'PRAGMA journal_mode')} journal`,
        ),
      ),
      run(
        'version',
        use((database) => checkVersion(database, databaseFile, migrations)),
      ),
      run(
        'database file',
        use((database) => checkFile(database, databaseFile)),
      ),
      run('references', use(checkReferences)),
    ];
  } finally {
    opened?.close();
  }
}

function openCopy(databaseFile: string) {
  const readable = toReadableFile(databaseFile);
  try {
    const database = openUntouched(readable.file);
    const close = () => {
      database.close();
      readable.remove();
    };
    return { database, close };
  } catch (error) {
    readable.remove();
    throw error;
  }
}

const one = (database: Database, sql: string): unknown => database.prepare(sql).pluck().get();

function checkVersion(database: Database, databaseFile: string, migrations: readonly Migration[]): CheckResult {
  checkSchema(database, databaseFile, migrations);
  const pending = pendingOf(database, migrations);
  return pending.length === 0
    ? 'the tables are those of this version'
    : `npm start applies ${pending.length} migrations, from ${pending[0]}`;
}

function checkFile(database: Database, databaseFile: string): CheckResult {
  const problems = integrityProblems(database);
  if (problems.length === 0) return `whole, ${one(database, 'SELECT count(*) FROM Paper')} papers`;
  const shown = problems.slice(0, problemsShownMax).join('; ');
  const more = problems.length > problemsShownMax ? `; and ${problems.length - problemsShownMax} more` : '';
  return {
    problem: `${databaseFile} is damaged: ${shown}${more}. Stop the server; docs/store.md says how to save what can be read`,
  };
}

function checkReferences(database: Database): CheckResult {
  const orphans = database.prepare('PRAGMA foreign_key_check').all().length;
  return orphans === 0 ? 'all lead somewhere' : { problem: `${orphans} rows refer to rows that do not exist` };
}

/** Passes even if the file is read-only: the server may run as another user. */
function checkWriting(databaseFile: string): CheckResult {
  try {
    checkWritable(databaseFile);
    return 'this user may write to the store';
  } catch (error) {
    return `not as this user, only reading: ${textOf(error)}`;
  }
}

function checkDisk(databaseFile: string): CheckResult {
  const folder = dirname(databaseFile);
  accessSync(folder, constants.R_OK);
  const disk = statfsSync(folder);
  const freeBytes = disk.bavail * disk.bsize;
  const free = `${Math.round(freeBytes / 1e6).toLocaleString('en')} MB free`;
  return freeBytes >= freeBytesMin ? free : { problem: free };
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

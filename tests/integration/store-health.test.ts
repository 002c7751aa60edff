/** An open store detects loss and damage, and `doctor` reports them without failing. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForWriting, openReadOnly } from '#store/sqlite/database.ts';
import { checkIntegrity } from '#store/sqlite/file/check-integrity.ts';
import { restrictModes } from '#store/sqlite/file/file-modes.ts';
import { explainStoreError, isDamage, isStoreFault } from '#store/sqlite/file/store-errors.ts';
import { watchFiles } from '#store/sqlite/file/watch-files.ts';
import { checkHealth, type HealthCheck } from '#store/sqlite/health.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { aTempFolder, aTempStore, migrationsDir } from '#tests/temp-store.ts';

const authors = (file: string, count = 2000) => {
  const database = openForWriting(file);
  const insert = database.prepare('INSERT INTO Author (name, folded) VALUES (?, ?)');
  database.transaction(() => {
    for (let i = 0; i < count; i++) insert.run(`Author ${i}`, `author ${i} ${'x'.repeat(60)}`);
  })();
  database.close();
};

function aClosedStore(): string {
  const file = join(aTempFolder(), 'digest.db');
  migrate(file, migrationsDir);
  authors(file);
  return file;
}

/** Overwrites pages in the middle of the file. */
function damage(file: string, pages: number, from = 0.5): void {
  const at = Math.floor((statSync(file).size * from) / 4096) * 4096;
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(pages * 4096, 0xa5), 0, pages * 4096, at);
  closeSync(handle);
}

const badOf = (checks: readonly HealthCheck[]) => checks.filter(({ passed }) => !passed).map(({ name }) => name);

describe('an open store', () => {
  const losses: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ['its file was deleted', (file) => rmSync(file), /digest\.db was deleted or moved away/],
    ['its file was moved away', (file) => renameSync(file, `${file}.old`), /digest\.db was deleted or moved away/],
    [
      'a copy took its place',
      (file) => {
        copyFileSync(file, `${file}.copy`);
        renameSync(`${file}.copy`, file);
      },
      /digest\.db was replaced/,
    ],
    ['its log was deleted', (file) => rmSync(`${file}-wal`), /digest\.db-wal was deleted/],
    ['the index of its log was deleted', (file) => rmSync(`${file}-shm`), /digest\.db-shm was deleted/],
    [
      'its log was overwritten',
      (file) => writeFileSync(`${file}-wal`, Buffer.alloc(20_000, 7)),
      /beginning of .*-wal was overwritten/,
    ],
    ['its file was cut to nothing', (file) => truncateSync(file), /was cut from \d+ to 0 bytes/],
    ['its file was cut in half', (file) => truncateSync(file, 40_960), /was cut from \d+ to 40960 bytes/],
  ];

  it.each(losses)('is lost when %s', (_, lose, reason) => {
    const { file } = aTempStore();
    authors(file);
    const database = openForWriting(file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.exec('UPDATE Store SET revision = revision + 1');
    const watch = watchFiles(file);
    expect(watch.check()).toBeNull();
    lose(file);
    expect(watch.check()).toMatch(reason);
    expect(watch.check()).toContain(file);
    database.close();
  });

  it('is lost when another store is written into its file', () => {
    const { file, database } = aTempStore();
    database.pragma('wal_checkpoint(TRUNCATE)');
    const watch = watchFiles(file);
    expect(watch.checkIdentity()).toBeNull();
    copyFileSync(aClosedStore(), file);
    expect(watch.checkIdentity()).toMatch(/is another store now/);
  });

  it('stays valid through other processes’ writes, checkpoints and VACUUM', () => {
    const { file, database } = aTempStore();
    const watch = watchFiles(file);
    for (let round = 0; round < 3; round++) {
      authors(file, 1000 + round);
      expect(watch.checkIdentity()).toBeNull();
      database.pragma('wal_checkpoint(TRUNCATE)');
      expect(watch.checkIdentity()).toBeNull();
      const before = statSync(file).size;
      database.exec('DELETE FROM Author; VACUUM');
      database.pragma('wal_checkpoint(TRUNCATE)');
      expect(statSync(file).size).toBeLessThan(before);
      expect(watch.checkIdentity()).toBeNull();
    }
  });
});

describe('the integrity check of a running server', () => {
  it('reports nothing for an intact store', async () => {
    expect(await checkIntegrity(aClosedStore(), async () => {})).toEqual([]);
  });

  it('reports overwritten pages', async () => {
    const file = aClosedStore();
    damage(file, 5);
    expect((await checkIntegrity(file, async () => {})).join()).toMatch(/page \d+|damaged/);
  });

  it('reports rows missing from an index, and pauses between tables', async () => {
    const file = aClosedStore();
    const database = openForWriting(file);
    database.unsafeMode();
    database.exec(`PRAGMA writable_schema = ON;
      CREATE TABLE spare AS SELECT sql, rootpage FROM sqlite_schema WHERE name = 'Author_folded_key';
      UPDATE sqlite_schema SET type = 'table', sql = 'CREATE TABLE lost (x)', name = 'lost', tbl_name = 'lost' WHERE name = 'Author_folded_key'`);
    database.close();
    const again = openForWriting(file);
    again.unsafeMode();
    again.exec(`INSERT INTO Author (name, folded) VALUES ('B', 'b')`);
    again.exec(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'index', name = 'Author_folded_key', tbl_name = 'Author',
      sql = (SELECT sql FROM spare) WHERE name = 'lost'`);
    again.close();
    let pauses = 0;
    const problems = await checkIntegrity(file, async () => {
      pauses++;
    });
    expect(problems.join()).toMatch(
      /missing from index Author_folded_key|wrong # of entries in index Author_folded_key/,
    );
    expect(pauses).toBeGreaterThan(20);
  });
});

describe('doctor', () => {
  it('passes an intact store and changes nothing', () => {
    const file = aClosedStore();
    const before = readFileSync(file);
    expect(badOf(checkHealth(file, migrationsDir))).toEqual([]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file)).sort()).toEqual(['digest.db', 'digest.db.id']);
  });

  it('reports the file and pages of a damaged store and runs its other checks', () => {
    const file = aClosedStore();
    damage(file, 10);
    const checks = checkHealth(file, migrationsDir);
    const found = checks.find(({ name }) => name === 'database file');
    expect(found?.detail).toContain(file);
    expect(found?.detail).toMatch(/page \d+/);
    expect(found?.detail).toContain('docs/store.md');
    expect(checks.map(({ name }) => name)).toEqual([
      'store',
      'SQLite',
      'version',
      'database file',
      'references',
      'writing',
      'disk',
    ]);
  });

  it.each([
    ['with no header', (file: string) => writeFileSync(file, readFileSync(file).fill(1, 0, 100))],
    ['cut in half', (file: string) => truncateSync(file, 81_920)],
    [
      'with its table of tables overwritten',
      (file: string) => writeFileSync(file, readFileSync(file).fill(0xa5, 100, 4096)),
    ],
    ['of no bytes', (file: string) => truncateSync(file)],
    [
      'deleted beside its log',
      (file: string) => {
        writeFileSync(`${file}-wal`, 'x');
        rmSync(file);
      },
    ],
    ['that lost the row of its name', (file: string) => void openForWriting(file).exec('DELETE FROM Store').close()],
  ])('says what is wrong with a store %s', (_, spoil) => {
    const file = aClosedStore();
    spoil(file);
    const bad = checkHealth(file, migrationsDir).filter(({ passed }) => !passed);
    expect(bad.length).toBeGreaterThan(0);
    expect(bad[0]?.detail).toContain(file);
  });

  it('reads a closed store without write permission and leaves no files', () => {
    const file = aClosedStore();
    chmodSync(file, 0o444);
    chmodSync(dirname(file), 0o555);
    const script = join(import.meta.dirname, '..', 'support', 'health-process.ts');
    const said = JSON.parse(execFileSync(process.execPath, [script, file, migrationsDir], { encoding: 'utf8' })) as {
      checks: HealthCheck[];
      papers: number;
    };
    chmodSync(dirname(file), 0o755);
    expect(said.papers).toBe(0);
    expect(badOf(said.checks)).toEqual([]);
    expect(said.checks.find(({ name }) => name === 'writing')?.detail).toMatch(/not as this user.*digest\.db/);
    expect(readdirSync(dirname(file)).sort()).toEqual(['digest.db', 'digest.db.id']);
  });
});

describe('errors of the store’s file', () => {
  it('are recognized by their code or by the text from a worker thread', () => {
    const file = aClosedStore();
    damage(file, Math.floor(statSync(file).size / 4096) - 10, 0.1);
    let error: unknown;
    try {
      openReadOnly(file).prepare('SELECT count(name), max(folded) FROM Author').get();
    } catch (caught) {
      error = caught;
    }
    expect(isStoreFault(error)).toBe(true);
    expect(isDamage(new Error((error as Error).message))).toBe(true);
    expect(explainStoreError(error, file)).toMatch(/^The store .*digest\.db is damaged.*npm run doctor/);
    expect(isStoreFault(new Error('database is locked'))).toBe(false);
    expect(explainStoreError(new Error('the sky'), file)).toBeNull();
  });
});

describe('the modes of the files', () => {
  it.each([0o000, 0o022, 0o077])('are private for any umask (%i)', (mask) => {
    const before = process.umask(mask);
    try {
      const { file } = aTempStore();
      for (const ending of ['', '-wal', '-shm', '.id']) expect(statSync(file + ending).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });

  it('are restricted if open to others, except for the folder that contains the store', () => {
    const { file } = aTempStore();
    const folder = dirname(file);
    const outbox = join(folder, 'outbox');
    execFileSync('mkdir', ['-p', outbox, `${file}.index`]);
    for (const path of [join(outbox, 'a.eml'), join(`${file}.index`, 'index.json')])
      writeFileSync(path, 'x', { mode: 0o644 });
    chmodSync(folder, 0o755);
    for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}.id`]) chmodSync(path, 0o644);
    expect(restrictModes(file, [outbox])).toEqual([]);
    for (const path of [
      file,
      `${file}-wal`,
      `${file}-shm`,
      `${file}.id`,
      join(outbox, 'a.eml'),
      join(`${file}.index`, 'index.json'),
    ])
      expect([path, statSync(path).mode & 0o777]).toEqual([path, 0o600]);
    for (const path of [outbox, `${file}.index`]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(folder).mode & 0o777).toBe(0o755);
  });
});

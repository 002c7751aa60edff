/**
 * A store's companion files identify it. A missing, foreign, newer, truncated or outdated store is rejected unchanged.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openForWriting } from '#store/sqlite/database.ts';
import { readIdFile } from '#store/sqlite/file/id-file.ts';
import { noteCheckpoint } from '#store/sqlite/file/mark-checkpoint.ts';
import { createSenderLock } from '#store/sqlite/mail/sender-lock.ts';
import { checkStore, migrate } from '#store/sqlite/migrate.ts';
import { aTempFolder, aTempStore, migrationsDir } from '#tests/temp-store.ts';

type Store = ReturnType<typeof openForWriting>;

function aClosedStore(change: (database: Store) => void = () => {}): string {
  const file = join(aTempFolder(), 'digest.db');
  migrate(file, migrationsDir);
  edit(file, change);
  return file;
}

function edit(file: string, change: (database: Store) => void): void {
  const database = openForWriting(file);
  change(database);
  database.close();
}

/** Grows the database on a separate connection, as another process would. */
const addRows = (file: string, name: string) =>
  edit(file, (database) => {
    const insert = database.prepare('INSERT INTO Author (name, folded) VALUES (?, ?)');
    database.transaction(() => {
      for (let i = 0; i < 500; i++) insert.run(`${name} ${i}`, `${name} ${i} ${'x'.repeat(40)}`);
    })();
  });

const refusalOf = (file: string): string => {
  const before = readdirSync(dirname(file)).sort();
  const bytes = existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null;
  let message = '';
  try {
    migrate(file, migrationsDir);
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(/^StoreRefused: /);
  expect(readdirSync(dirname(file)).sort()).toEqual(before);
  if (bytes !== null) expect(readFileSync(file).equals(bytes)).toBe(true);
  return message;
};

describe('a store with a folder in place of a companion file', () => {
  it.each(['.id', '-wal', '-shm', '.sending'])(
    'is rejected while %s is a folder, and the message contains its path',
    (ending) => {
      const file = aClosedStore();
      rmSync(file + ending, { force: true });
      mkdirSync(file + ending);
      const message = refusalOf(file);
      expect(message).toContain(`needs a file ${file}${ending}, but something else has that name`);
      expect(message).toContain('move it away');
    },
  );

  it('has one sender lock for all symbolic links to it', async () => {
    const file = aClosedStore();
    const link = join(aTempFolder(), 'link.db');
    symlinkSync(file, link);
    const inner = await createSenderLock(file).runExclusively(() =>
      createSenderLock(link).runExclusively(async () => 'both'),
    );
    expect(inner).toBeNull();
  });
});

describe('a store that another program changed', () => {
  it('is rejected with the name of the migration that fails', () => {
    const file = aClosedStore((database) =>
      database.exec('DELETE FROM _prisma_migrations WHERE rowid = (SELECT max(rowid) FROM _prisma_migrations)'),
    );
    expect(() => migrate(file, migrationsDir)).toThrow(
      /^The store .*digest\.db was changed by another hand: the migration \d+_\w+ does not fit it \(/,
    );
  });
});

describe('a store that is missing', () => {
  it.each(['.id', '-wal', '.index'])('is rejected while its %s exists', (ending) => {
    const file = join(aTempFolder(), 'digest.db');
    if (ending === '.index') mkdirSync(file + ending);
    else writeFileSync(file + ending, 'x');
    const message = refusalOf(file);
    expect(message).toContain(`There is no store ${file}`);
    expect(message).toContain(file + ending);
    expect(message).toMatch(/put the store back, or move this away/);
  });

  it('is created with private files if no companion file exists', () => {
    const file = aClosedStore();
    expect(readdirSync(dirname(file)).sort()).toEqual([basename(file), `${basename(file)}.id`]);
    for (const name of readdirSync(dirname(file))) expect(statSync(join(dirname(file), name)).mode & 0o777).toBe(0o600);
    expect(readIdFile(`${file}.id`)).toMatchObject({ checkpoints: 1, closed: true });
  });

  it('is created if a killed process left a temporary store', () => {
    const file = join(aTempFolder(), 'digest.db');
    writeFileSync(`${file}.new-999999999`, 'half');
    migrate(file, migrationsDir);
    expect(readdirSync(dirname(file)).sort()).toEqual(['digest.db', 'digest.db.id']);
  });

  it('is rejected if its path is a dangling symbolic link', () => {
    const file = join(aTempFolder(), 'digest.db');
    symlinkSync('/nowhere/at-all.db', file);
    expect(refusalOf(file)).toContain('/nowhere/at-all.db');
  });
});

describe('a file that is not a complete store', () => {
  const cases: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ['a file of no bytes', (file) => writeFileSync(file, ''), /is an empty file/],
    ['a text file', (file) => writeFileSync(file, 'notes\n'.repeat(100)), /no SQLite database/],
    ['a file of 100 bytes', (file) => writeFileSync(file, 'x'.repeat(100)), /no SQLite database/],
    ['a folder', (file) => mkdirSync(file), /is not a file/],
    [
      'a database of another program',
      (file) => void new Sqlite(file).exec('CREATE TABLE t (x)').close(),
      /of another program/,
    ],
    [
      'a log-keeping database of another program',
      (file) => edit(file, (database) => database.exec('CREATE TABLE t (x)')),
      /of another program/,
    ],
  ];

  it.each(cases)('is rejected unchanged if it is %s', (_, make, reason) => {
    const file = join(aTempFolder(), 'digest.db');
    make(file);
    const message = refusalOf(file);
    expect(message).toContain(file);
    expect(message).toMatch(reason);
    expect(message).toMatch(/To go on, /);
  });

  const damages: readonly (readonly [string, (bytes: Buffer) => Buffer, RegExp])[] = [
    ['its first bytes overwritten', (bytes) => bytes.fill(1, 0, 100), /no SQLite database/],
    ['an impossible page size', (bytes) => bytes.fill(3, 16, 18), /no page size/],
    ['half of its bytes', (bytes) => bytes.subarray(0, bytes.length / 2), /was cut off/],
    ['its table of tables overwritten', (bytes) => bytes.fill(0xa5, 100, 4096), /is damaged/],
  ];

  it.each(damages)('is rejected unchanged with %s', (_, damage, reason) => {
    const file = aClosedStore();
    writeFileSync(file, damage(readFileSync(file)));
    const message = refusalOf(file);
    expect(message).toContain(file);
    expect(message).toMatch(reason);
  });

  it('is rejected if the row with the store’s id is missing', () => {
    const file = aClosedStore((database) => database.exec('DELETE FROM Store'));
    expect(refusalOf(file)).toMatch(/has lost the row that names it/);
  });
});

describe('a store of another version', () => {
  const addFuture = (database: Store) =>
    database.exec(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('f', 'c', 1, '20990101_future')`,
    );
  const readableFrom = (name: string) => (database: Store) =>
    database.prepare('UPDATE Store SET readableFrom = ?').run(name);

  it('is rejected if it has an unknown migration', () => {
    expect(refusalOf(aClosedStore(addFuture))).toMatch(/newer version of Paper Digest \(20990101_future\)/);
  });

  it('is accepted if its newer migrations allow this version', () => {
    const file = aClosedStore(addFuture);
    edit(file, readableFrom('20261129000000_store_identity'));
    expect(migrate(file, migrationsDir)).toEqual([]);
  });

  it('is rejected if it requires a later version', () => {
    expect(refusalOf(aClosedStore(readableFrom('20990101_future')))).toContain('20990101_future');
  });

  it('is rejected with the name of a migration that was changed after it was applied', () => {
    const change = `UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name = '20261123000000_store'`;
    expect(refusalOf(aClosedStore((database) => database.exec(change)))).toContain('20261123000000_store');
  });

  it('is upgraded from the first version of the names migration, with its missing index', () => {
    const file = join(aTempFolder(), 'digest.db');
    const olderDir = join(aTempFolder(), 'migrations');
    const older = readdirSync(migrationsDir).filter((name) => name <= '20261125000000_names');
    for (const name of older.filter((one) => existsSync(join(migrationsDir, one, 'migration.sql')))) {
      mkdirSync(join(olderDir, name), { recursive: true });
      copyFileSync(join(migrationsDir, name, 'migration.sql'), join(olderDir, name, 'migration.sql'));
    }
    const names = join(olderDir, '20261125000000_names', 'migration.sql');
    const indexes = '\n-- DropIndex\nDROP INDEX "Paper_publishedFrom_key_idx"';
    writeFileSync(names, readFileSync(names, 'utf8').split(indexes)[0] ?? '');
    const database = openForWriting(file);
    oldMigrate(database, olderDir);
    database.close();
    expect(checkStore(file, migrationsDir)).toContain('20261129000000_store_identity');
    migrate(file, migrationsDir);
    edit(file, (store) => {
      const has = store.prepare('SELECT count(*) FROM sqlite_schema WHERE name = ?').pluck();
      expect(has.get('Paper_publishedFrom_key_publishedTo_idx')).toBe(1);
      expect(has.get('Paper_publishedFrom_key_idx')).toBe(0);
      expect(store.prepare('SELECT toBeSeeded FROM Store').pluck().get()).toBe(0);
    });
    expect(readIdFile(`${file}.id`)?.checkpoints).toBe(1);
  });
});

/** Creates a store of a version before `<store>.id`. */
function oldMigrate(database: Store, dir: string): void {
  database.exec(`CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
    "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`);
  const insert = database.prepare(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES (?, ?, ?, 1)',
  );
  for (const name of readdirSync(dir).sort()) {
    const sql = readFileSync(join(dir, name, 'migration.sql'));
    database.exec(sql.toString());
    insert.run(name, createHash('sha256').update(sql).digest('hex'), name);
  }
}

describe('a copy that is restored beside the log of a killed server', () => {
  /** A store with a running server. `crash` leaves the files as a killed server does. */
  function aRunningStore() {
    const { file } = aTempStore();
    const folder = aTempFolder();
    const crashed = join(folder, 'digest.db');
    return {
      file,
      /** Copies the current database file. */
      backup: (name: string) => {
        const path = join(folder, name);
        edit(file, (database) => void database.pragma('wal_checkpoint(PASSIVE)'));
        copyFileSync(file, path);
        return path;
      },
      crash() {
        for (const ending of ['', '-wal', '.id']) copyFileSync(file + ending, crashed + ending);
        return crashed;
      },
    };
  }

  it('is rejected if a later checkpoint was recorded', () => {
    const server = aRunningStore();
    const backup = server.backup('backup.db');
    noteCheckpoint(server.file);
    edit(server.file, (database) => database.exec('UPDATE Store SET revision = revision + 1'));
    const crashed = server.crash();
    copyFileSync(backup, crashed);
    expect(refusalOf(crashed)).toMatch(/is older than the log .*move .*-wal and .*-shm away/);
  });

  it('is rejected if another program ran the checkpoint and the store grew', () => {
    const server = aRunningStore();
    const backup = server.backup('backup.db');
    addRows(server.file, 'first');
    edit(server.file, (database) => expect(database.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }]));
    addRows(server.file, 'second');
    const crashed = server.crash();
    copyFileSync(backup, crashed);
    expect(refusalOf(crashed)).toMatch(/is older than the log/);
  });

  it('is rejected if it is another store', () => {
    const server = aRunningStore();
    addRows(server.file, 'first');
    const crashed = server.crash();
    copyFileSync(aClosedStore(), crashed);
    expect(refusalOf(crashed)).toMatch(/is another store than the log/);
  });

  it('is accepted if only the log is newer', () => {
    const server = aRunningStore();
    const backup = server.backup('backup.db');
    addRows(server.file, 'first');
    const crashed = server.crash();
    copyFileSync(backup, crashed);
    migrate(crashed, migrationsDir);
    edit(crashed, (database) => {
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(database.prepare('SELECT count(*) FROM Author').pluck().get()).toBe(500);
    });
  });

  it('is accepted without its log, and the next checkpoint number is higher than any before', () => {
    const server = aRunningStore();
    const backup = server.backup('backup.db');
    noteCheckpoint(server.file);
    const crashed = server.crash();
    copyFileSync(backup, crashed);
    rmSync(`${crashed}-wal`);
    migrate(crashed, migrationsDir);
    expect(readIdFile(`${crashed}.id`)?.checkpoints).toBe((readIdFile(`${server.file}.id`)?.checkpoints ?? 0) + 1);
  });

  it('is not suspected in an unchanged store of a killed server', () => {
    const server = aRunningStore();
    for (const name of ['a', 'b', 'c']) {
      addRows(server.file, name);
      noteCheckpoint(server.file);
      addRows(server.file, `${name} again`);
      const crashed = server.crash();
      migrate(crashed, migrationsDir);
      expect(readIdFile(`${crashed}.id`)).toMatchObject({ closed: false });
    }
  });
});

it('a log of random bytes does not cause a rejection', () => {
  const file = aClosedStore();
  writeFileSync(`${file}-wal`, Buffer.alloc(50_000, 0x5c));
  expect(migrate(file, migrationsDir)).toEqual([]);
});

it('a store that is unreadable after its first page is rejected with its path', () => {
  const file = aClosedStore();
  truncateSync(file, 4096);
  expect(refusalOf(file)).toContain(file);
});

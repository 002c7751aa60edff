/** The store ports over SQLite, for the contract suites. */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openForDurableWriting, openForWriting, openPrisma, openReadOnly } from '#store/sqlite/database.ts';
import { createFetchState } from '#store/sqlite/ingest/fetch-state.ts';
import { createLease } from '#store/sqlite/ingest/lease.ts';
import { createRunLog } from '#store/sqlite/ingest/run-log.ts';
import { createDeliveryQueue } from '#store/sqlite/mail/delivery-queue.ts';
import { createSubscriptionStore } from '#store/sqlite/mail/subscription-store.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createPaperReader } from '#store/sqlite/papers/paper-reader.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { aTempFolder, migrationsDir } from './temp-store.ts';
import type { AskedDayRow, ConnectOptions, LoggedRun, StorePorts, TestStore } from './test-store.ts';

export async function makeSqliteStore(): Promise<TestStore> {
  const file = join(aTempFolder(), 'digest.db');
  migrate(file, migrationsDir);
  return storeAt(file);
}

function storeAt(file: string): TestStore {
  const look = closedAtEnd(openReadOnly(file));
  return {
    connect: async (options) => connect(file, options),
    crash: async () => storeAt(copyOf(file)),
    runs: async () =>
      look
        .prepare<[], LoggedRun>(
          'SELECT id, source, subject, startedAt, finishedAt, read, added, updated, unchanged, rejected, failure FROM IngestRun ORDER BY id',
        )
        .all(),
    rejections: async (run) =>
      look
        .prepare<[number], { place: string; title: string | null; reason: string }>(
          'SELECT place, title, reason FROM RejectedRecord WHERE runId = ? ORDER BY id',
        )
        .all(run),
    askedDays: async () => look.prepare<[], AskedDayRow>('SELECT * FROM SourceDay ORDER BY source, day').all(),
  };
}

function connect(file: string, { token, now, mailLimits }: ConnectOptions = {}): StorePorts {
  const database = closedAtEnd(openForWriting(file));
  const durable = closedAtEnd(openForDurableWriting(file));
  const prisma = openPrisma(file);
  onTestFinished(() => prisma.$disconnect());
  const lease = createLease(database, 'ingest');
  const check = () => {
    if (token !== undefined) lease.check(token);
  };
  return {
    reader: createPaperReader(prisma, closedAtEnd(openReadOnly(file))),
    writer: now === undefined ? createRecordWriter(database, check) : createRecordWriter(database, check, () => now),
    fetchState: createFetchState(database, check),
    lease,
    runLog: createRunLog(database),
    book: createSubscriptionStore(durable, mailLimits),
    ledger: createDeliveryQueue(durable),
  };
}

function closedAtEnd(database: Database): Database {
  onTestFinished(() => void database.close());
  return database;
}

/** Copies the file and its write-ahead log. SQLite recreates the shared-memory file when the copy is opened. */
function copyOf(file: string): string {
  const copy = join(aTempFolder(), 'digest.db');
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  return copy;
}

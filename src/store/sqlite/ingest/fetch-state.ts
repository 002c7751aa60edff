/** What fetching remembers across runs and processes: cursors, validators, days asked for and each source's health. */
import type { Database } from 'better-sqlite3';
import type { Day } from '#core/day.ts';
import { believableDay, type FetchState, type RequestedDay, type SourceHealth } from '#core/ports/fetching.ts';
import type { Validators } from '#core/ports/http-client.ts';

/** `check` throws when this process may no longer write. */
export function createFetchState(database: Database, check: () => void = () => {}): FetchState {
  const seen = database.prepare<[string], Validators>('SELECT etag, lastModified FROM SeenUrl WHERE url = ?');
  const see = database.prepare('INSERT OR REPLACE INTO SeenUrl (url, etag, lastModified) VALUES (?, ?, ?)');
  const cursor = database.prepare<[string], string>('SELECT cursor FROM FetchCursor WHERE job = ?').pluck();
  const setCursor = database.prepare('INSERT OR REPLACE INTO FetchCursor (job, cursor) VALUES (?, ?)');
  const dropCursor = database.prepare('DELETE FROM FetchCursor WHERE job = ?');
  const setDay = database.prepare(
    'INSERT OR REPLACE INTO SourceDay (source, day, items, reason, askedAt) VALUES (?, ?, ?, ?, ?)',
  );
  const touchDay = database.prepare('UPDATE SourceDay SET askedAt = ? WHERE source = ? AND day = ?');
  const health = database.prepare<[string], SourceHealth>(
    'SELECT name, askedAt, answeredAt, latestDay, failure, nextTryAt FROM Source WHERE name = ?',
  );
  const setHealth = database.prepare(
    `INSERT INTO Source (name, askedAt, answeredAt, latestDay, failure, nextTryAt) VALUES (:name, :askedAt, :answeredAt, :latestDay, :failure, :nextTryAt)
     ON CONFLICT (name) DO UPDATE SET askedAt = :askedAt, answeredAt = :answeredAt, latestDay = :latestDay, failure = :failure, nextTryAt = :nextTryAt`,
  );
  const raise = database.prepare('UPDATE Store SET revision = revision + 1');

  /** A change of a source's state is something pages show: it raises the revision, a mere repeat does not. */
  const update = database.transaction((name: string, change: Partial<SourceHealth>) => {
    check();
    const before = health.get(name) ?? unknownHealth(name);
    const known = change.answeredAt ? believableDay(before.latestDay, change.answeredAt) : before.latestDay;
    const after = { ...before, ...change, latestDay: laterDay(known, change.latestDay ?? null) };
    setHealth.run(after);
    if (before.failure !== after.failure || before.latestDay !== after.latestDay || before.answeredAt === null)
      raise.run();
  });

  const checkpoint = database.transaction(
    (job: string, next: string | null, urls: Parameters<FetchState['checkpoint']>[2]) => {
      check();
      if (next === null) dropCursor.run(job);
      else setCursor.run(job, next);
      for (const { url, validators } of urls) see.run(url, validators.etag, validators.lastModified);
    },
  );

  const dayAsked = database.transaction((source: string, { day, items, reason }: RequestedDay, at: string) => {
    check();
    if (items === null) touchDay.run(at, source, day);
    else setDay.run(source, day, items, reason, at);
  });

  const setTold = database.prepare('UPDATE Source SET told = :told WHERE name = :name AND told IS NOT :told');
  const tell = database.transaction((name: string, told: string) => {
    if (setTold.run({ name, told }).changes > 0) raise.run();
  });

  return {
    validatorsOf: async (url) => seen.get(url) ?? null,
    cursorOf: (job) => cursor.get(job) ?? null,
    checkpoint: (job, next, urls) => checkpoint.immediate(job, next, urls),
    dayAsked: (source, day, at) => dayAsked.immediate(source, day, at),
    asked: (name, at) => update.immediate(name, { askedAt: at }),
    answered: (name, at, latestDay) =>
      update.immediate(name, { answeredAt: at, failure: null, nextTryAt: null, latestDay }),
    failed: (name, failure, nextTryAt) => update.immediate(name, { failure, nextTryAt }),
    tell: (name, told) => tell.immediate(name, told),
    healthOf: (name) => health.get(name) ?? null,
  };
}

const laterDay = (left: Day | null, right: Day | null): Day | null =>
  left === null || (right !== null && right > left) ? right : left;

const unknownHealth = (name: string): SourceHealth => ({
  name,
  askedAt: null,
  answeredAt: null,
  latestDay: null,
  failure: null,
  nextTryAt: null,
});

/** Calls that meet another program's lock are retried beside other work and fail in the end with a message. */
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '#core/errors.ts';
import { openForDurableWriting, stopWaitingForLocks } from '#store/sqlite/database.ts';
import { createSubscriptionStore } from '#store/sqlite/mail/subscription-store.ts';
import { isLocked, retryingPort } from '#store/sqlite/retry-while-locked.ts';
import { aTempStore } from '#tests/temp-store.ts';

const busy = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });

/** Throws the given number of times and counts its calls. */
function aPort(failures: number, error: () => Error = busy) {
  const calls = { count: 0 };
  return {
    calls,
    write(text: string) {
      calls.count += 1;
      if (calls.count <= failures) throw error();
      return `wrote ${text}`;
    },
  };
}

/** Another program that holds the write lock. */
function lock(file: string): Sqlite.Database {
  const other = new Sqlite(file);
  other.exec('BEGIN IMMEDIATE');
  onTestFinished(() => void other.close());
  return other;
}

describe('a method with retries', () => {
  it('returns the port’s result after the lock is released', async () => {
    const port = aPort(4);
    expect(await retryingPort(port).write('this')).toBe('wrote this');
    expect(port.calls.count).toBe(5);
  });

  it('fails in the end with the code for status 503', async () => {
    const error = await Promise.resolve(retryingPort(aPort(1_000), { limitMs: 50 }).write('this')).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'unavailable', status: 503 });
  });

  it('fails at once with any other error', async () => {
    const port = aPort(1_000, () => new Error('no such table'));
    await expect(retryingPort(port).write('this')).rejects.toThrow('no such table');
    expect(port.calls.count).toBe(1);
  });

  it('reports once that it waits', async () => {
    let said = 0;
    await retryingPort(aPort(6), { limitMs: 5_000, onWait: () => said++ }).write('this');
    expect(said).toBe(1);
  });

  it('recognizes Prisma’s lock error and handles rejections like throws', async () => {
    const prisma = Object.assign(new Error('Operation has timed out'), { code: 'P1008' });
    expect(isLocked(prisma)).toBe(true);
    let calls = 0;
    const port = { read: async () => (++calls < 3 ? Promise.reject(prisma) : calls) };
    expect(await retryingPort(port).read()).toBe(3);
  });
});

describe('a store that another program has locked', () => {
  const choice = { query: '', schedule: { weekdays: [1], hour: 7, timeZone: 'UTC' }, mailsEmpty: false };

  function aBook(limitMs: number) {
    const { file } = aTempStore();
    const database = openForDurableWriting(file);
    onTestFinished(() => void database.close());
    const book = retryingPort(createSubscriptionStore(database), { limitMs });
    stopWaitingForLocks(database);
    const subscribers = database.prepare('SELECT count(*) FROM Subscriber').pluck();
    return { file, book, subscribers };
  }

  // A thread that waited inside SQLite would need a minute for the turns counted here.
  it('does not block the thread, and stores the request after the release', {
    timeout: 10_000,
  }, async () => {
    const { file, book, subscribers } = aBook(30_000);
    const other = lock(file);
    const asked = Promise.resolve(book.request('reader@example.org' as never, choice, 0));
    for (let turns = 0; turns < 100; turns++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(subscribers.get()).toBe(0);
    other.exec('COMMIT');
    await asked;
    expect(subscribers.get()).toBe(1);
  });

  it('rejects a request and stores nothing while it stays locked', async () => {
    const { file, book, subscribers } = aBook(100);
    const other = lock(file);
    await expect(Promise.resolve(book.request('reader@example.org' as never, choice, 0))).rejects.toMatchObject({
      code: 'unavailable',
    });
    other.exec('COMMIT');
    expect(subscribers.get()).toBe(0);
  });
});

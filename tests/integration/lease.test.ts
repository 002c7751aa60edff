/** Holding the lease on one database file: a successor acquires it when its holder is killed, suspended or ends. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { type HeldLease, tryLease, withLease } from '#platform/lease.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { createLease } from '#store/sqlite/ingest/lease.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { createFakeTime } from '#tests/fake-clock.ts';
import { aRecord } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

/** Opens a separate connection, as each process does. */
function processes(count: number) {
  const { file } = aTempStore();
  const time = createFakeTime();
  const each = Array.from({ length: count }, () => {
    const database = openForWriting(file);
    onTestFinished(() => {
      database.close();
    });
    return { database, lease: createLease(database, 'ingest'), clock: time.aClock() };
  });
  return { time, each };
}

async function* said(title: string) {
  yield { kind: 'record' as const, where: 'item 1', record: aRecord({ title }) };
}

describe('holding the lease', () => {
  it('waits for the holder, logs this once, and starts after the release', async () => {
    const { time, each } = processes(2);
    const [server, command] = each;
    if (!server || !command) throw new Error('there are two');
    const said: string[] = [];
    const serving = withLease(server, async () => {
      await server.clock.wait(100_000);
      said.push('server done');
    });
    const waiting = withLease(
      { ...command, onWait: () => said.push('waiting') },
      async () => void said.push('command runs'),
    );
    await time.pass(99_000);
    expect(said).toEqual(['waiting']);
    await time.pass(2_000);
    await Promise.all([serving, waiting]);
    expect(said).toEqual(['waiting', 'server done', 'command runs']);
  });

  it('takes over within a minute after the holder is killed', async () => {
    const { time, each } = processes(2);
    const [killed, command] = each;
    if (!killed || !command) throw new Error('there are two');
    void withLease(killed, () => new Promise(() => {}));
    await time.pass(20_000);
    killed.clock.freeze();
    const killedMs = time.nowMs();
    let tookMs = Number.POSITIVE_INFINITY;
    void withLease(command, async () => {
      tookMs = time.nowMs() - killedMs;
    });
    await time.pass(60_000);
    expect(tookMs).toBeLessThanOrEqual(60_000);
  });

  it('stops waiting when it is interrupted', async () => {
    const { time, each } = processes(2);
    const [server, command] = each;
    if (!server || !command) throw new Error('there are two');
    void withLease(server, () => new Promise(() => {}));
    const interrupt = new AbortController();
    const waiting = withLease({ ...command, signal: interrupt.signal }, async () => 'ran').catch(
      (error: Error) => error.name,
    );
    await time.pass(5_000);
    interrupt.abort();
    expect(await waiting).toBe('AbortError');
  });

  it('a suspended holder waits for its successor and resumes, unless it must not wait', async () => {
    const { time, each } = processes(2);
    const [sleeper, other] = each;
    if (!sleeper || !other) throw new Error('there are two');
    const wake = Promise.withResolvers<void>();
    const sleepIn = (hold: HeldLease) =>
      wake.promise.then(hold.ready).then(() => createRecordWriter(sleeper.database, hold.check));
    const run = withLease(sleeper, async (hold) =>
      ingestPapers(said('Awake'), { writer: await sleepIn(hold), ready: hold.ready }),
    );
    sleeper.clock.freeze();
    await time.pass(40_000);
    const release = Promise.withResolvers<void>();
    const succeeded = tryLease(other, () => release.promise);
    sleeper.clock.thaw();
    wake.resolve();
    await time.pass(5_000);
    expect(sleeper.database.prepare('SELECT count(*) FROM Paper').pluck().get()).toBe(0);
    release.resolve();
    await succeeded;
    await time.pass(2_000);
    expect(await run).toMatchObject({ added: 1 });

    const once = tryLease(sleeper, async (hold) => {
      const token = await other.lease.acquire(time.nowMs() + 100_000);
      expect(token).not.toBeNull();
      await hold.ready();
    });
    await expect(once).rejects.toThrow('another process has taken over');
  });
});

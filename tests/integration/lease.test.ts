/** The lease over one database file: one holder, fenced writes, and a successor when a holder is killed, sleeps or ends. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers';
import { type Hold, tryLease, withLease } from '#platform/hold-lease';
import { openWritable } from '#store/database';
import { createFetchState } from '#store/fetch-state';
import { createLease } from '#store/lease';
import { createRecordWriter } from '#store/record-writer';
import { createFakeTime } from '#tests/fake-clock';
import { aRecord } from '#tests/records';
import { aTempStore } from '#tests/temp-store';

/** Each has its own connection, as processes have. */
function processes(count: number) {
  const { file } = aTempStore();
  const time = createFakeTime();
  const each = Array.from({ length: count }, () => {
    const database = openWritable(file);
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

describe('the lease', () => {
  it('is one process’s at a time, and its token rises with each holder', () => {
    const { each } = processes(3);
    const [first, second, third] = each.map((one) => one.lease);
    expect(first?.acquire(1_000)).toBe(1);
    expect([second?.acquire(1_000), third?.acquire(1_000), first?.acquire(1_000)]).toEqual([null, null, null]);
    expect(second?.heldUntil(1_000)).toBe(31_000);
    first?.release(1);
    expect(third?.acquire(2_000)).toBe(2);
    expect(first?.renew(1, 2_000)).toBe(false);
    expect(() => first?.check(1)).toThrow('another process has taken over');
  });

  it('is not taken from a holder whose time is later than that of one who asked before it and then waited for the store', () => {
    const { each } = processes(2);
    expect(each[0]?.lease.acquire(10_000)).toBe(1);
    expect(each[1]?.lease.acquire(0)).toBeNull();
  });

  it('does not last for a day when the clock is set back by a day', () => {
    const { each } = processes(2);
    expect(each[0]?.lease.acquire(86_400_000)).toBe(1);
    expect(each[1]?.lease.acquire(0)).toBe(2);
  });

  it('fences what is written: nothing of a holder that was succeeded gets in', async () => {
    const { each } = processes(2);
    const [old, young] = each;
    if (!old || !young) throw new Error('there are two');
    const token = old.lease.acquire(0) ?? 0;
    expect(young.lease.acquire(40_000)).toBe(2);
    const writer = createRecordWriter(old.database, () => old.lease.check(token));
    const state = createFetchState(old.database, () => old.lease.check(token));
    await expect(ingestPapers(said('Late'), { writer })).rejects.toThrow('another process has taken over');
    expect(() => state.checkpoint('job', '2025-12-16', [])).toThrow('another process has taken over');
    expect(() => state.answered('hf', '2025-12-16T00:00:00Z', null)).toThrow('another process has taken over');
    expect(young.database.prepare('SELECT count(*) FROM Paper').pluck().get()).toBe(0);
    expect(young.database.prepare('SELECT count(*) FROM FetchCursor').pluck().get()).toBe(0);
  });
});

describe('holding it', () => {
  it('waits for who holds it, says so once, and begins when it is given back', async () => {
    const { time, each } = processes(2);
    const [server, command] = each;
    if (!server || !command) throw new Error('there are two');
    const said: string[] = [];
    const serving = withLease(server, async () => {
      await server.clock.wait(100_000);
      said.push('server done');
    });
    const waiting = withLease({ ...command, onWait: () => said.push('waiting') }, async () => void said.push('command runs'));
    await time.pass(99_000);
    expect(said).toEqual(['waiting']);
    await time.pass(2_000);
    await Promise.all([serving, waiting]);
    expect(said).toEqual(['waiting', 'server done', 'command runs']);
  });

  it('takes over within a minute of a kill', async () => {
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
    const waiting = withLease({ ...command, signal: interrupt.signal }, async () => 'ran').catch((error: Error) => error.name);
    await time.pass(5_000);
    interrupt.abort();
    expect(await waiting).toBe('AbortError');
  });

  it('a sleeper that was succeeded waits again and goes on; one that only tried does not', async () => {
    const { time, each } = processes(2);
    const [sleeper, other] = each;
    if (!sleeper || !other) throw new Error('there are two');
    const wake = Promise.withResolvers<void>();
    const sleepIn = (hold: Hold) => wake.promise.then(hold.ready).then(() => createRecordWriter(sleeper.database, hold.check));
    const run = withLease(sleeper, async (hold) => ingestPapers(said('Awake'), { writer: await sleepIn(hold), ready: hold.ready }));
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
      const token = other.lease.acquire(time.nowMs() + 100_000);
      expect(token).not.toBeNull();
      await hold.ready();
    });
    await expect(once).rejects.toThrow('another process has taken over');
  });
});

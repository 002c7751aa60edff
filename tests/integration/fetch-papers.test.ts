/** Fetching from a listing server into the store: completeness, resumption, error reports and scheduled jobs. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Day } from '#core/day.ts';
import type { RunReport } from '#core/ports/ingest.ts';
import { type FetchJob, type FetchPorts, fetchHere, fetchPapers } from '#ingest/fetch-papers.ts';
import { toScheduledJob } from '#ingest/schedule/scheduled-jobs.ts';
import { createFetchState } from '#store/sqlite/ingest/fetch-state.ts';
import { createRunLog } from '#store/sqlite/ingest/run-log.ts';
import { misbehaviours, withChaos } from '#tests/chaos-server.ts';
import { aHttp, fetchedAt } from '#tests/fetching.ts';
import { hfWeeks } from '#tests/hf-items.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { replayHf } from '#tests/replay-server.ts';
import { storeContent } from '#tests/store-content.ts';
import { aTempStore } from '#tests/temp-store.ts';

const range = { from: '2025-12-01' as Day, to: '2025-12-28' as Day };
const weeks = hfWeeks('2025-12-01', 4, 30);

async function aStoreWithServer(handler: Handler, more: Partial<FetchPorts> = {}) {
  const server = await startServer(handler);
  onTestFinished(server.close);
  const { database, writer } = aTempStore();
  const state = createFetchState(database);
  const ports: FetchPorts = {
    get: aHttp([server.origin]),
    writer,
    runs: createRunLog(database),
    state,
    now: () => fetchedAt,
    fetch: fetchHere,
    ...more,
  };
  const job: FetchJob = {
    name: 'hf',
    endpoint: server.origin,
    key: 'hf',
    subject: 'four weeks',
    task: { source: 'hf', options: range },
  };
  const run = (now: Partial<FetchPorts> = {}): Promise<RunReport> => fetchPapers(job, { ...ports, ...now });
  const runs = () =>
    database
      .prepare<[], { read: number; failure: string | null }>('SELECT read, failure FROM IngestRun ORDER BY id')
      .all();
  const cursor = () => database.prepare<[], string>('SELECT cursor FROM FetchCursor').pluck().get() ?? null;
  return { server, database, state, run, runs, cursor };
}

describe('a run without errors', () => {
  it('a run stores each paper on its day, and a second run changes nothing and transfers little', async () => {
    const { server, database, state, run, cursor } = await aStoreWithServer(replayHf(weeks));
    expect(await run()).toMatchObject({ read: 600, added: 600, rejected: [] });
    const [before, bytes] = [storeContent(database), server.bytesSent()];
    expect(await state.healthOf('hf')).toMatchObject({ answeredAt: fetchedAt, latestDay: '2025-12-26', failure: null });
    expect(cursor()).toBeNull();
    const revision = () => database.prepare('SELECT revision FROM Store').pluck().get();
    const revisionBefore = revision();
    expect(await run()).toMatchObject({ read: 0, added: 0, updated: 0 });
    expect(storeContent(database)).toEqual(before);
    expect(revision()).toBe(revisionBefore);
    expect(server.bytesSent() - bytes).toBeLessThan(bytes / 50);
    const positions = database
      .prepare("SELECT position FROM Listing WHERE day = '2025-12-16' ORDER BY position")
      .pluck()
      .all();
    expect(positions).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('each day without papers has a reason', async () => {
    const days = new Map([...weeks].filter(([day]) => day !== '2025-12-25'));
    const { database, run } = await aStoreWithServer(replayHf(days));
    await run();
    const empty = database
      .prepare<[], { day: string; reason: string }>('SELECT day, reason FROM SourceDay WHERE items = 0')
      .all();
    expect(empty).toHaveLength(9);
    expect(
      Map.groupBy(empty, (row) => row.reason).get('Hugging Face lists no papers on Saturdays and Sundays.'),
    ).toHaveLength(8);
    expect(empty.find((row) => row.day === '2025-12-25')?.reason).toBe('Hugging Face listed no papers on this day.');
  });

  it('a later run updates the votes', async () => {
    let votes = 3;
    const handler: Handler = (...request) => {
      const items = weeks.get('2025-12-16') ?? [];
      const now = items.map((item) => ({ ...item, paper: { ...item.paper, upvotes: votes } }));
      return replayHf(new Map([...weeks, ['2025-12-16', now]]))(...request);
    };
    const { database, run } = await aStoreWithServer(handler);
    await run();
    votes = 9;
    expect(await run({ now: () => '2025-12-31T13:00:00.000Z' })).toMatchObject({ read: 30, updated: 30 });
    expect(database.prepare('SELECT count(*) FROM Paper WHERE upvotes = 9').pluck().get()).toBe(30);
  });
});

describe('an interrupted run', () => {
  it.each([1, 2, 7, 12, 19, 27])('a run interrupted at request %i is resumed', async (at) => {
    const interrupt = new AbortController();
    const correctServer = replayHf(weeks);
    let count = 0;
    const { server, database, run, runs, cursor } = await aStoreWithServer((...request) => {
      if (++count === at) interrupt.abort();
      return correctServer(...request);
    });
    const first = await run({ signal: interrupt.signal }).catch((error: Error) => error.name);
    if (typeof first === 'string') expect(first).toBe('AbortError');
    expect(runs()).toMatchObject([{ failure: 'It was interrupted.' }]);
    const [requests, reached] = [server.asked.length, cursor()];
    await run();
    const doneDays = reached === null ? 0 : Number(reached.slice(8));
    expect(doneDays).toBeGreaterThanOrEqual(at - 2);
    expect(server.asked.length - requests).toBe(28 - doneDays);
    const undisturbed = await aStoreWithServer(correctServer);
    await undisturbed.run();
    expect(storeContent(database)).toEqual(storeContent(undisturbed.database));
  });
});

describe('a failing server', () => {
  it('a failure stores its message, and the next run resumes and clears it', async () => {
    let isDown = true;
    const correctServer = replayHf(weeks);
    const { server, state, run, runs } = await aStoreWithServer((url, ...rest) =>
      isDown && (url.searchParams.get('date') ?? '') >= '2025-12-10'
        ? { status: 503, headers: { 'retry-after': '7200' } }
        : correctServer(url, ...rest),
    );
    await expect(run()).rejects.toThrow(/could not be read: it answers with status 503/);
    const health = await state.healthOf('hf');
    expect(health).toMatchObject({ answeredAt: null, failure: expect.stringMatching(/status 503/) });
    expect(Date.parse(health?.nextTryAt ?? '') - Date.now()).toBeGreaterThan(7_000_000);
    expect(runs()).toEqual([{ read: 210, failure: health?.failure }]);
    // The scheduler respects the server's `Retry-After`.
    const endpoints = { hf: 'http://127.0.0.1:9', arxiv: 'http://127.0.0.1:9' };
    expect(toScheduledJob('hf', health, { now: new Date().toISOString(), endpoints })).toBeNull();
    expect(
      toScheduledJob('hf', health, { now: new Date(Date.now() + 7_300_000).toISOString(), endpoints }),
    ).not.toBeNull();
    isDown = false;
    expect(await run({ get: aHttp([server.origin]) })).toMatchObject({ added: 390 });
    expect(await state.healthOf('hf')).toMatchObject({ failure: null, nextTryAt: null, latestDay: '2025-12-26' });
  });

  it('a server that misbehaves in every way leads to the same store as one that behaves', async () => {
    const kinds = [...Object.keys(misbehaviours), 'cut', 'reset', 'slow'] as const;
    let requests = 0;
    // Every fourth response is correct, so that the runs make progress.
    const pick = () =>
      requests++ % 4 === 3 ? null : ((kinds[Math.floor(requests / 4) % kinds.length] ?? null) as never);
    const disturbed = await aStoreWithServer(withChaos(replayHf(weeks), pick));
    let report: RunReport | null = null;
    for (let runs = 0; runs < 200 && report === null; runs++)
      report = await disturbed.run({ get: aHttp([disturbed.server.origin]) }).catch(() => null);
    expect(report).not.toBeNull();
    const undisturbed = await aStoreWithServer(replayHf(weeks));
    await undisturbed.run();
    expect(storeContent(disturbed.database)).toEqual(storeContent(undisturbed.database));
  });
});

describe('scheduled jobs', () => {
  const endpoints = { hf: 'http://127.0.0.1:9', arxiv: 'http://127.0.0.1:9' };
  const health = (latestDay: string | null, answeredAt = '2025-12-16T08:00:00Z') => ({
    name: 'hf',
    askedAt: answeredAt,
    answeredAt,
    latestDay: latestDay as Day | null,
    failure: null,
    nextTryAt: null,
  });

  it.each([
    ['the first time, the last week', null, '2025-12-11..2025-12-17'],
    ['later, the last days again', '2025-12-17', '2025-12-15..2025-12-17'],
    ['after two weeks, all of them', '2025-12-03', '2025-12-01..2025-12-17'],
    ['after a year, the last quarter', '2024-12-03', '2025-09-16..2025-12-17'],
    ['no future days', '2026-01-05', '2025-12-15..2025-12-17'],
  ])('the scheduler fetches %s', (_, latest, subject) => {
    const job = toScheduledJob('hf', latest === null ? null : health(latest), {
      now: '2025-12-17T09:00:00Z',
      endpoints,
    });
    expect(job).toMatchObject({ name: 'hf', subject, key: 'scheduled hf' });
  });

  it('the scheduler skips arXiv while its newest batch is stored', () => {
    const now = '2025-12-17T15:00:00Z';
    const jobOf = (latest: string) =>
      toScheduledJob('arxiv:cs.CL', { ...health(latest), name: 'arxiv:cs.CL' }, { now, endpoints });
    expect(jobOf('2025-12-17')).toBeNull();
    expect(jobOf('2025-12-16')).toMatchObject({ subject: '2025-12-10..2025-12-17' });
  });
});

/** Limits of an ingest: hostile input fails its fetch and nothing else, and a signal ends any run. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { emptyReport, type Rejection } from '#core/ports/ingest.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import type { FetchTask } from '#ingest/reader/reader-messages.ts';
import { rejectionsStoredMax } from '#ingest/rejections.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { openReadOnly } from '#store/sqlite/database.ts';
import { createRunLog } from '#store/sqlite/ingest/run-log.ts';
import { aHttp, fetchedAt } from '#tests/fetching.ts';
import { runCommand, type Where } from '#tests/ingest-load.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { aRecordInput } from '#tests/records.ts';
import { aTempFolder, aTempStore } from '#tests/temp-store.ts';
import { fetchInThread, type ReaderLimits } from '#wiring/read-in-thread.ts';

const rejection: Rejection = { where: 'line 1', reason: 'a title is missing' };

async function* manyRejections(count: number): AsyncGenerator<SourceEvent> {
  for (let i = 0; i < count; i++) yield { kind: 'rejected', rejection: { ...rejection, title: 'x'.repeat(5_000) } };
}

describe('rejections', () => {
  it('report and run log contain up to a thousand shortened rejections, and count the rest', async () => {
    const { database, writer } = aTempStore();
    const runs = createRunLog(database);
    const report = await ingestPapers(manyRejections(30_000), { writer });
    expect(report).toMatchObject({ read: 30_000, rejectedCount: 30_000, rejected: { length: rejectionsStoredMax } });
    expect(report.rejected[0]?.title).toHaveLength(200);
    await runs.finish(await runs.start('jsonl', 'x', fetchedAt), report, fetchedAt, null);
    expect(database.prepare('SELECT read, rejected FROM IngestRun').get()).toEqual({ read: 30_000, rejected: 30_000 });
    expect(database.prepare('SELECT count(*) FROM RejectedRecord').pluck().get()).toBe(rejectionsStoredMax);
  });

  async function* mixed(count: number, share: number): AsyncGenerator<SourceEvent> {
    for (let i = 0; i < count; i++) {
      if ((i * share) % 1 >= 1 - share) yield { kind: 'rejected', rejection };
      else yield { kind: 'record', record: aRecordInput({ title: `Paper ${i}` }), where: `line ${i + 1}` };
    }
  }

  it('a file ends if more than a tenth of ten thousand lines is rejected, and its stored papers stay', {
    timeout: 120_000,
  }, async () => {
    const { database, writer } = aTempStore();
    let report = emptyReport;
    const onProgress = (progress: { report: typeof report }) => {
      report = progress.report;
    };
    const run = ingestPapers(mixed(12_000, 0.125), { writer, isFile: true, onProgress });
    await expect(run).rejects.toThrow(
      /^1,\d{3} of the first 10,\d{3} entries cannot be taken, such as line 1: a title is missing\. /,
    );
    expect(report.read).toBeGreaterThanOrEqual(10_000);
    expect(database.prepare('SELECT count(*) FROM Paper').pluck().get()).toBe(report.added);
    expect(report.added).toBeGreaterThan(8_000);
  });

  it.each([
    ['a tenth of a file', 0.1, 11_000],
    ['a half of a short file', 0.5, 2_000],
  ])('rejections of %s do not end it', { timeout: 120_000 }, async (_, share, count) => {
    const report = await ingestPapers(mixed(count, share), { writer: aTempStore().writer, isFile: true });
    expect(report.read).toBe(count);
  });
});

describe('a server’s response', () => {
  const aFeed: FetchTask = { source: 'arxiv-rss', options: { categories: ['cs.CL'] } };
  async function fetchFrom(handler: Handler, task: FetchTask = aFeed, limits?: ReaderLimits) {
    const server = await startServer(handler);
    onTestFinished(server.close);
    const context: FetchContext = {
      get: aHttp([server.origin]),
      endpoint: server.origin,
      now: () => fetchedAt,
      cursor: null,
      validatorsOf: async () => null,
    };
    return { events: Array.fromAsync(fetchInThread(task, context, limits)), server };
  }
  const hostile = {
    'an unterminated comment': `<feed>${'<!--'.repeat(1_000_000)}`,
    'unterminated CDATA sections': `<feed>${'<![CDATA['.repeat(400_000)}`,
    'two hundred thousand nested tags': '<a>'.repeat(200_000),
    'a million references': `<rss><channel>${'&amp;'.repeat(900_000)}</channel></rss>`,
    'a hundred thousand attributes': `<rss ${Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
    'a document type': '<!DOCTYPE x [<!ENTITY a "b">]><rss/>',
    'a million zero bytes': '\0'.repeat(1_000_000),
  };

  it.each(Object.entries(hostile))('a response with %s is a failed fetch', { timeout: 120_000 }, async (_, body) => {
    const { events, server } = await fetchFrom(() => ({ body }));
    await expect(events).rejects.toMatchObject({
      name: 'FetchFailure',
      message: expect.stringMatching(/^arXiv gave no usable answer 5 times: /),
    });
    expect(server.asked).toHaveLength(5);
  });

  it('a response over 5 MB is a failed fetch', async () => {
    const { events } = await fetchFrom(() => ({ body: `<rss>${'x'.repeat(5_000_000)}` }));
    await expect(events).rejects.toThrow('the answer is larger than 5 MB');
  });

  it.each([
    ['time', { silenceMs: 0, heapMb: 256 }, /takes longer than 0 s to read; it was not taken/],
    ['memory', { silenceMs: 10_000, heapMb: 4 }, /takes more than 4 MB of memory to read; it was not taken/],
  ])(
    'a response that needs too much %s ends the reader thread and is a failed fetch',
    { timeout: 60_000 },
    async (_, limits, sentence) => {
      const body = `<rss><channel>${'<item><title>A</title></item>'.repeat(59_000)}</channel></rss>`;
      const { events } = await fetchFrom(() => ({ body }), undefined, limits);
      await expect(events).rejects.toMatchObject({ name: 'FetchFailure', message: expect.stringMatching(sentence) });
    },
  );

  it.each([
    ['lists', '['.repeat(2_400_000) + ']'.repeat(2_400_000)],
    ['objects', `${'{"a":'.repeat(700_000)}1${'}'.repeat(700_000)}`],
  ])('a response of deeply nested %s is a rejected item or a failed fetch', { timeout: 60_000 }, async (_, body) => {
    const { events } = await fetchFrom(() => ({ body }), { source: 'hf', options: { trending: true } });
    expect(await events.catch((error: Error) => error.name)).toSatisfy(
      (end) => end === 'FetchFailure' || end[0].kind === 'rejected',
    );
  });

  it('parsing a response does not block the storing thread', { timeout: 60_000 }, async () => {
    const items = Array.from({ length: 400 }, (_, i) => ({
      paper: { id: `2401.${String(i).padStart(5, '0')}`, title: `A ${i}`, summary: 'a &amp;amp; b '.repeat(800) },
    }));
    let latest = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - latest);
      latest = performance.now();
    }, 10);
    const { events } = await fetchFrom(() => ({ body: JSON.stringify(items) }), {
      source: 'hf',
      options: { trending: true },
    });
    expect((await events).filter((event) => event.kind === 'found')).toHaveLength(400);
    clearInterval(timer);
    expect(longest).toBeLessThan(2_000);
  });
});

describe('a signal ends an ingest within a second, releases its lease and prints its report', () => {
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(aTempFolder(), name);
    writeFileSync(path, content);
    return path;
  };
  const lines = Array.from({ length: 60_000 }, (_, i) =>
    JSON.stringify({ title: `Paper ${i} of many`, abstract: 'word '.repeat(100) }),
  ).join('\n');
  const entries = Array.from(
    { length: 20_000 },
    (_, i) => `@misc{k${i}, title={{A} {{B}} ${i}}, author={Ann Lee and Bo Chen}, abstract={${'x {y} '.repeat(50)}}}`,
  );
  const days = Array.from(
    { length: 9_000 },
    (_, i) => `A title number ${i}\n\nAn abstract. ${'word '.repeat(200)}\n\n• 4 authors\n·\nDec 15, 2025\n`,
  );
  const cases: Readonly<Record<string, () => string[]>> = {
    'lines of papers': () => ['jsonl', file('papers.jsonl.gz', gzipSync(lines))],
    'an endless line in gzip': () => ['jsonl', file('zeros.gz', gzipSync(Buffer.alloc(1_500_000_000)))],
    'a BibTeX file': () => ['bibtex', file('a.bib', entries.join('\n'))],
    'a listing': () => ['listing', '--day', '2025-12-16', file('a.txt', days.join('\n'))],
    'standard input that stays open': () => ['jsonl', '-'],
  };

  async function whereOf(): Promise<Where> {
    const { origin, close } = await startServer(() => undefined); // accepts a request and never responds
    onTestFinished(close);
    return { databaseFile: join(aTempFolder(), 'digest.db'), hf: origin, arxiv: origin };
  }

  /** Returns whether the run log contains the run. */
  function hasBegun(databaseFile: string): boolean {
    if (!existsSync(databaseFile)) return false;
    const database = openReadOnly(databaseFile);
    try {
      return database.prepare('SELECT 1 FROM IngestRun').get() !== undefined;
    } catch {
      return false; // the tables do not exist yet
    } finally {
      database.close();
    }
  }

  async function interrupt(args: readonly string[], where: Where) {
    const { child, ended } = runCommand(['ingest', ...args], where);
    await expect.poll(() => hasBegun(where.databaseFile)).toBe(true);
    await sleep(300);
    const startMs = performance.now();
    child.kill('SIGTERM');
    const { code, output } = await ended;
    return { code, output, ms: performance.now() - startMs };
  }

  test.each(Object.entries(cases))('a signal interrupts the ingest of %s', { timeout: 120_000 }, async (_, args) => {
    const where = await whereOf();
    const { code, output, ms } = await interrupt(args(), where);
    expect(output).toMatch(/Interrupted; what was saved stays/);
    expect(code).toBe(2);
    expect(ms).toBeLessThan(4_000); // a second, plus the load of the machine
    const next = await runCommand(['ingest', 'jsonl', file('one.jsonl', '{"title":"One more paper"}')], where).ended;
    expect(next.output).not.toMatch(/waiting/);
    expect(next.code).toBe(0);
  });

  test('a signal interrupts the ingest of a source that does not respond', { timeout: 60_000 }, async () => {
    const { code, output, ms } = await interrupt(['hf', '--date', '2025-12-16'], await whereOf());
    expect([code, output]).toEqual([2, expect.stringMatching(/Interrupted/)]);
    expect(ms).toBeLessThan(4_000);
  });
});

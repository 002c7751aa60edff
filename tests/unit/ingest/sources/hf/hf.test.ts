/** Hugging Face's listing: items, days, pages and trending papers. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Day } from '#core/day.ts';
import { PaperRecordSchema } from '#core/record.ts';
import { hf } from '#ingest/sources/hf/hf.ts';
import { toHfEvents } from '#ingest/sources/hf/hf-record.ts';
import { runSource } from '#tests/fetching.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { replayHf } from '#tests/replay-server.ts';

const anItem = (
  id: string,
  more: Readonly<Record<string, unknown>> = {},
  top: Readonly<Record<string, unknown>> = {},
) => ({
  paper: {
    id,
    title: `Paper ${id}`,
    summary: 'Words.',
    authors: [{ name: 'Ada Lovelace', hidden: false }],
    publishedAt: '2025-12-11T23:59:59.000Z',
    upvotes: 3,
    ...more,
  },
  publishedAt: '2025-12-14T02:00:00.000Z',
  title: `Other ${id}`,
  numComments: 2,
  ...top,
});
const itemsOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => anItem(`2512.${String(from + i).padStart(5, '0')}`));

async function aServer(handler: Handler) {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}
const days = (from: string, to = from) => ({ from: from as Day, to: to as Day });

describe('an item', () => {
  const recordOf = (item: unknown) => {
    const [event] = toHfEvents([item], '2025-12-15' as Day, '2025-12-16T00:00:00.000Z');
    return event?.kind === 'record' ? PaperRecordSchema.parse(event.record) : event;
  };

  it('an item has its publication day, position, counts and repaired links', () => {
    const item = anItem('2512.00001', {
      title: 'A\n  title',
      authors: [{ name: 'Ada Lovelace', hidden: true }, { name: ' ' }, { name: 'B\\"uchi' }],
      upvotes: 0,
      githubRepo: 'https://github.com/\nada/engine.git',
      projectPage: ' https://engine.example/page',
      ai_keywords: ['LLM', 'LLM', 'engines'],
      organization: { name: 'bp', fullname: 'Bletchley Park' },
    });
    expect(recordOf(item)).toEqual({
      source: 'hf',
      arxivId: '2512.00001',
      otherIds: [],
      title: 'A title',
      abstract: 'Words.',
      authors: ['Ada Lovelace', 'Büchi'],
      authorCount: 2,
      organization: 'Bletchley Park',
      publishedOn: '2025-12-11',
      listings: [{ day: '2025-12-15', position: 1 }],
      upvotes: 0,
      commentCount: 2,
      categories: [],
      keywords: ['LLM', 'engines'],
      withdrawn: false,
      links: [
        { kind: 'code', url: 'https://github.com/ada/engine' },
        { kind: 'project', url: 'https://engine.example/page' },
        { kind: 'source', url: 'https://huggingface.co/papers/2512.00001' },
      ],
      fetchedAt: '2025-12-16T00:00:00.000Z',
    });
  });

  it('an item needs only an id and a title', () => {
    expect(recordOf({ paper: { id: '2512.00001' }, title: 'T' })).toMatchObject({
      title: 'T',
      authors: [],
      abstract: '',
    });
    expect(recordOf({ paper: { id: '2512.00001' } })).toMatchObject({
      rejection: { where: '2025-12-15, item 1', reason: 'title: a title is missing' },
    });
    expect(recordOf({ title: 'No paper' })).toMatchObject({ rejection: { title: 'No paper' } });
    expect(recordOf(null)).toMatchObject({ kind: 'rejected' });
  });
});

describe('days', () => {
  it('each day is fetched separately, and a second run transfers nothing', async () => {
    const server = await aServer(
      replayHf(
        new Map([
          ['2025-12-11', itemsOf(3)],
          ['2025-12-12', itemsOf(2, 10)],
        ]),
      ),
    );
    const run = await runSource(hf, days('2025-12-11', '2025-12-14'), { endpoint: server.origin });
    expect(
      run.records.map((record) => [record.arxivId, record.listings[0]?.day, record.listings[0]?.position]),
    ).toEqual([
      ['2512.00000', '2025-12-11', 1],
      ['2512.00001', '2025-12-11', 2],
      ['2512.00002', '2025-12-11', 3],
      ['2512.00010', '2025-12-12', 1],
      ['2512.00011', '2025-12-12', 2],
    ]);
    const weekend = 'Hugging Face lists no papers on Saturdays and Sundays.';
    expect(run.days.map(({ day, items, reason }) => [day, items, reason])).toEqual([
      ['2025-12-11', 3, null],
      ['2025-12-12', 2, null],
      ['2025-12-13', 0, weekend],
      ['2025-12-14', 0, weekend],
    ]);
    expect(run.cursors).toEqual(['2025-12-11', '2025-12-12', '2025-12-13', '2025-12-14', null]);
    const again = await runSource(hf, days('2025-12-11', '2025-12-12'), { endpoint: server.origin, seen: run.seen });
    expect(again.records).toEqual([]);
    expect(again.days.map((day) => day.items)).toEqual([null, null]);
  });

  it('a run resumes after the last complete day', async () => {
    const server = await aServer(
      replayHf(
        new Map([
          ['2025-12-11', itemsOf(3)],
          ['2025-12-12', itemsOf(2, 10)],
        ]),
      ),
    );
    expect(
      (await runSource(hf, days('2025-12-11', '2025-12-12'), { endpoint: server.origin, cursor: '2025-12-11' }))
        .records,
    ).toHaveLength(2);
    expect(
      (await runSource(hf, days('2025-12-11', '2025-12-12'), { endpoint: server.origin, cursor: '2025-12-12' }))
        .records,
    ).toHaveLength(5);
  });

  it('all pages of a day are read, in full on every run', async () => {
    const server = await aServer(replayHf(new Map([['2025-12-11', itemsOf(230)]])));
    const run = await runSource(hf, days('2025-12-11'), { endpoint: server.origin });
    expect(run.records.map((record) => record.listings[0]?.position)).toEqual(
      Array.from({ length: 230 }, (_, i) => i + 1),
    );
    expect(run.seen.size).toBe(0);
    expect(server.asked.every(({ url }) => url.host === '127.0.0.1')).toBe(true);
  });

  it('all pages are read even if the server ignores the limit and sends no Link field', async () => {
    const items = itemsOf(120);
    const server = await aServer((url) => ({
      body: JSON.stringify(items.slice(Number(url.searchParams.get('p') ?? 0) * 50).slice(0, 50)),
    }));
    expect((await runSource(hf, days('2025-12-11'), { endpoint: server.origin })).records).toHaveLength(120);
    const deaf = await aServer(() => ({ body: JSON.stringify(items.slice(0, 50)) }));
    expect((await runSource(hf, days('2025-12-11'), { endpoint: deaf.origin })).records).toHaveLength(50);
  });

  it('the days end today at the latest', async () => {
    const server = await aServer(replayHf(new Map(), '2025-12-16'));
    const now = '2025-12-16T01:00:00.000Z';
    const run = await runSource(hf, { days: 3 }, { endpoint: server.origin, now });
    expect(run.days.map((day) => day.day)).toEqual(['2025-12-14', '2025-12-15', '2025-12-16']);
    expect(run.days.at(-1)?.reason).toBe('Hugging Face has not listed papers for this day yet.');
    expect((await runSource(hf, days('2025-12-16', '2026-01-05'), { endpoint: server.origin, now })).days).toHaveLength(
      1,
    );
  });
});

describe('trending', () => {
  it('trending papers have no listing day', async () => {
    const server = await aServer((url) => ({
      body: url.searchParams.get('sort') === 'trending' ? JSON.stringify(itemsOf(2)) : '[]',
    }));
    const run = await runSource(hf, { trending: true }, { endpoint: server.origin });
    expect(run.records.map((record) => record.listings)).toEqual([[], []]);
  });
});

/** Source status on the pages: the five states, manual fetching, the home page's line, days without papers. */
import { describe, expect, it } from 'vitest';
import type { Day } from '#core/day.ts';
import type { SourceHealth } from '#core/ports/fetching.ts';
import { explainEmptyDays, toSourceStatus } from '#ingest/schedule/source-status.ts';
import { type StatusData, toStatusView } from '#view/status-view.ts';

const now = '2025-12-16T13:20:00Z'; // a Tuesday
const everyMs = 3_600_000;

const aHealth = (more: Partial<SourceHealth> = {}): SourceHealth => ({
  name: 'hf',
  askedAt: '2025-12-16T13:00:00.000Z',
  answeredAt: '2025-12-16T13:00:01.000Z',
  latestDay: '2025-12-16' as Day,
  failure: null,
  nextTryAt: null,
  ...more,
});
const failed = (nextTryAt: string | null) =>
  aHealth({ answeredAt: '2025-12-16T12:00:00Z', failure: 'It is down.', nextTryAt });
const day = (text: string) => text as Day;

const viewOf = (data: Partial<StatusData>) =>
  toStatusView({ sources: [], runs: [], emptyDays: [], latestDay: null, papers: 0, ...data });
const tell = (health: SourceHealth | null, at = now, name = 'hf') => {
  const [source] = viewOf({ sources: [toSourceStatus(name, health, { now: at, everyMs })] }).sources;
  return `${source?.state}: ${source?.sentence}`;
};

describe('a source', () => {
  it.each([
    ['fresh: The newest papers are here; the next are expected from 17 Dec 2025, 00:00 UTC.', aHealth(), now],
    [
      'waiting: New papers may come at any moment, at the latest by 16 Dec 2025, 12:00 UTC.',
      aHealth({ latestDay: day('2025-12-15') }),
      '2025-12-16T08:00:00Z',
    ],
    ['waiting: It has not been asked yet.', null, now],
    [
      'quiet: Hugging Face lists no papers on Saturdays and Sundays. The next are expected from 15 Dec 2025, 00:00 UTC.',
      aHealth({ latestDay: day('2025-12-12') }),
      '2025-12-13T08:00:00Z',
    ],
    [
      'stalled: Papers were expected by 15 Dec 2025, 12:00 UTC and are not there.',
      aHealth({ latestDay: day('2025-12-12') }),
      now,
    ],
    ['failed: It is down. Next try: 16 Dec 2025, 14:00 UTC.', failed(null), now],
    ['failed: It is down. Next try: 16 Dec 2025, 16:00 UTC.', failed('2025-12-16T15:20:00Z'), now],
  ])('the status page shows “%s”', (sentence, health, at) => {
    expect(tell(health, at)).toBe(sentence);
  });

  it('a manually fetched source has no expected time', () => {
    const byHand = (health: SourceHealth) =>
      viewOf({ sources: [toSourceStatus('arxiv', health, { now, everyMs: null })] });
    const past = byHand(aHealth({ name: 'arxiv', latestDay: day('2024-01-31') }));
    expect(past.sources[0]).toMatchObject({ state: 'manual', label: 'arXiv', sentence: 'It is asked by hand only.' });
    expect(past.line).toBe('Nothing is fetched by itself here: there is no listing yet.');
    expect(byHand(failed(null)).sources[0]?.sentence).toBe(
      'It is asked by hand only. The last time it failed: It is down.',
    );
  });
});

describe('the home page’s status line', () => {
  const status = (name: string, health: SourceHealth | null) => toSourceStatus(name, health, { now, everyMs });
  const fresh = status('hf', aHealth());
  const broken = status('arxiv:cs.CL', { ...failed(null), name: 'arxiv:cs.CL' });

  it('the status line shows the worst source', () => {
    expect(viewOf({ sources: [fresh] }).line).toMatch(/^Hugging Face: The newest papers are here/);
    expect(viewOf({ sources: [fresh, broken] }).line).toMatch(/^arXiv cs.CL: It is down\./);
    expect(viewOf({ sources: [fresh, broken, broken] }).line).toMatch(/^arXiv cs.CL \(and 1 more\): It is down\./);
  });

  it('the status counts the failed and stalled sources', () => {
    expect(viewOf({ sources: [fresh] }).trouble).toBe('');
    const stalled = status('arxiv:cs.LG', aHealth({ name: 'arxiv:cs.LG', latestDay: day('2025-12-01') }));
    expect(viewOf({ sources: [fresh, broken, stalled] }).trouble).toBe('1 source failed, 1 is stalled.');
    expect(viewOf({ sources: [stalled, stalled] }).trouble).toBe('2 sources are stalled.');
  });

  it('the status line shows that automatic fetching is off', () => {
    expect(viewOf({ latestDay: day('2025-12-16') }).line).toBe(
      'Nothing is fetched by itself here: the latest listing is of 16 Dec 2025.',
    );
  });
});

describe('a day without papers', () => {
  const fetchedDays = [
    { source: 'hf', day: day('2025-12-16'), items: 30, reason: null },
    { source: 'hf', day: day('2025-12-14'), items: 2, reason: null },
    { source: 'hf', day: day('2025-12-12'), items: 0, reason: 'Hugging Face listed no papers on this day.' },
  ];

  it('a day without papers has the reason of its fetch, else that of the calendar', () => {
    const days = explainEmptyDays(fetchedDays, ['hf'], day('2025-12-16'));
    expect(days.slice(0, 3)).toEqual([
      { source: 'hf', day: '2025-12-13', reason: 'Hugging Face lists no papers on Saturdays and Sundays.' },
      { source: 'hf', day: '2025-12-12', reason: 'Hugging Face listed no papers on this day.' },
      { source: 'hf', day: '2025-12-07', reason: 'Hugging Face lists no papers on Saturdays and Sundays.' },
    ]);
    expect(explainEmptyDays(fetchedDays, [], day('2025-12-16'))).toEqual(
      [fetchedDays[2]].map((one) => ({ ...one, items: undefined })),
    );
  });

  it('a day without papers in all categories is shown once', () => {
    const emptyDays = explainEmptyDays([], ['arxiv:cs.CL', 'arxiv:cs.LG'], day('2025-12-14'));
    const view = viewOf({ emptyDays });
    expect(view.emptyDays[0]).toMatchObject({
      reasons: [{ label: '', reason: expect.stringMatching(/Friday and Saturday/) }],
    });
    expect(view.emptyDays.length * 2).toBe(emptyDays.length);
  });

  it('a day without papers in some categories lists them', () => {
    const emptyDays = [
      { source: 'arxiv:cs.CL', day: day('2025-12-12'), reason: 'arXiv announced no new papers in this category.' },
    ];
    const sources = ['arxiv:cs.CL', 'arxiv:cs.LG', 'hf'].map((name) =>
      toSourceStatus(name, aHealth({ name }), { now, everyMs }),
    );
    expect(viewOf({ emptyDays, sources }).emptyDays[0]?.reasons).toMatchObject([{ label: 'arXiv cs.CL' }]);
  });
});

it('the status page shows how a run ended', () => {
  const run = {
    id: 1,
    source: 'hf',
    subject: 'x',
    startedAt: now,
    read: 1,
    added: 1,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    rejections: [],
  };
  const outcome = (finishedAt: string | null, failure: string | null) =>
    viewOf({ runs: [{ ...run, finishedAt, failure }] }).runs[0]?.outcome;
  expect(outcome(now, null)).toBe('It is complete.');
  expect(outcome(null, null)).toBe('It is running, or was killed.');
  expect(outcome(now, 'It was interrupted.')).toBe('It was interrupted.');
});

/** arXiv's search API: entries, slices, and empty, short or malformed pages. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Day } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import { arxivSearch } from '#ingest/sources/arxiv/arxiv-search.ts';
import { withChaos } from '#tests/chaos-server.ts';
import { fetchedAt, runSource } from '#tests/fetching.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { type ArxivEntry, atomFeed, replayArxiv } from '#tests/replay-server.ts';

async function aServer(handler: Handler) {
  const server = await startServer(handler);
  onTestFinished(server.close);
  return server;
}

/** Returns `perDay` papers a day, not sorted by date. */
function entriesOf(days: readonly string[], perDay: number): ArxivEntry[] {
  const all = days.flatMap((day) =>
    Array.from({ length: perDay }, (_, i) => ({
      id: `2405.${day.slice(8)}${String(i).padStart(3, '0')}v1`,
      published: `${day}T${String(i % 24).padStart(2, '0')}:00:00Z`,
    })),
  );
  return all
    .map((entry, i) => ({ entry, key: (i * 7919) % all.length }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
}
const range = { categories: ['cs.CL', 'cs.LG'], from: '2024-05-01' as Day, to: '2024-05-04' as Day };
const may = ['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04'];

describe('search', () => {
  it('an entry becomes a record', async () => {
    const server = await aServer(
      replayArxiv([{ id: 'hep-th/9901001v3', published: '2024-05-02T10:00:00Z', title: 'A\n  title &amp; $x&lt;1$' }]),
    );
    expect((await runSource(arxivSearch, range, { endpoint: server.origin })).records).toEqual([
      {
        source: 'arxiv',
        arxivId: 'hep-th/9901001',
        version: 3,
        otherIds: [],
        title: 'A title & $x<1$',
        abstract: 'Words about hep-th/9901001v3 with a <tag> & more.',
        authors: ['Ada Lovelace', 'Büchi'],
        authorCount: 2,
        publishedOn: '2024-05-02',
        listings: [],
        links: [],
        categories: ['cs.CL', 'cs.LG'],
        keywords: [],
        comment: '9 pages',
        withdrawn: false,
        fetchedAt,
      },
    ]);
    expect(server.asked[0]?.url.searchParams.get('search_query')).toBe(
      '(cat:cs.CL OR cat:cs.LG) AND submittedDate:[202405010000 TO 202405042359]',
    );
  });

  it('a long range is split into sorted slices, and a run resumes after the last', async () => {
    const entries = entriesOf(may, 510);
    const server = await aServer(replayArxiv(entries));
    const run = await runSource(arxivSearch, range, { endpoint: server.origin });
    const days = run.records.map((record) => record.publishedOn);
    expect(new Set(run.records.map((record) => record.arxivId)).size).toBe(2040);
    expect(days).toEqual(days.toSorted());
    expect(run.cursors).toEqual(['2024-05-02', null]);
    expect(run.days.map((one) => one.day)).toEqual(['2024-05-06', '2024-05-07']);
    expect(
      (await runSource(arxivSearch, range, { endpoint: server.origin, cursor: '2024-05-02' })).records,
    ).toHaveLength(1020);
  });

  it('empty pages, short pages and an empty result are retried', async () => {
    const handler = replayArxiv(entriesOf(may, 100));
    let requests = 0;
    const server = await aServer((url, request, response) => {
      requests += 1;
      if (requests === 1) return atomFeed(0, []);
      if (requests === 3) return atomFeed(400, []);
      if (requests === 4) url.searchParams.set('max_results', '150');
      return handler(url, request, response);
    });
    const run = await runSource(arxivSearch, range, { endpoint: server.origin });
    expect(run.records).toHaveLength(400);
    expect(run.rejected).toEqual([]);
  });

  it('an empty page is never the end, and missing papers are reported', async () => {
    const empty = await aServer((url) =>
      url.searchParams.get('start') === '0' ? atomFeed(400, entriesOf(may, 50)) : atomFeed(400, []),
    );
    await expect(runSource(arxivSearch, range, { endpoint: empty.origin })).rejects.toThrow(
      /400 results and gave an empty page 5 times, from result 201/,
    );
    const short = await aServer(() => atomFeed(20, entriesOf(may, 4)));
    const run = await runSource(arxivSearch, range, { endpoint: short.origin });
    expect(run.rejected).toEqual([
      {
        where: '2024-05-01 to 2024-05-04',
        reason: 'arXiv has 20 papers and gave only 16 of them, also when asked again',
      },
    ]);
  });

  it('an empty result is accepted after three attempts', async () => {
    const server = await aServer(replayArxiv([]));
    expect((await runSource(arxivSearch, range, { endpoint: server.origin })).records).toEqual([]);
    expect(server.asked).toHaveLength(3);
  });

  it.each(['laughs', 'scalar', 'cut', 'error'] as const)('a search continues after “%s”', async (kind) => {
    let requests = 0;
    const server = await aServer(
      withChaos(replayArxiv(entriesOf(may, 2)), () => {
        requests += 1;
        return requests < 3 ? kind : null;
      }),
    );
    expect((await runSource(arxivSearch, range, { endpoint: server.origin })).records).toHaveLength(8);
  });

  it('an error feed of any status fails with arXiv’s message', async () => {
    const feed =
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>max_results too large</summary></entry></feed>';
    for (const status of [200, 400]) {
      const server = await aServer(() => ({ status, body: feed }));
      await expect(runSource(arxivSearch, range, { endpoint: server.origin })).rejects.toThrow(
        'arXiv refuses the request: max_results too large.',
      );
      expect(server.asked).toHaveLength(1);
    }
    const bare = await aServer(() => ({ status: 400, body: 'Bad Request' }));
    await expect(runSource(arxivSearch, range, { endpoint: bare.origin })).rejects.toThrow(FetchFailure);
  });
});

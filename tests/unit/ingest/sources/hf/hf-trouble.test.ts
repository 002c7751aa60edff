/** Errors of Hugging Face's listing: retries, accepted empty lists, failures. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Day } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import { hf } from '#ingest/sources/hf/hf.ts';
import { withChaos } from '#tests/chaos-server.ts';
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

describe('Hugging Face errors', () => {
  const day = new Map([['2025-12-11', itemsOf(3)]]);

  it.each(['scalar', 'status', 'empty', 'laughs', 'error', 'cut', 'reset'] as const)(
    'a single “%s” is retried',
    async (kind) => {
      let first = true;
      const server = await aServer(
        withChaos(replayHf(day), () => {
          const now = first ? kind : null;
          first = false;
          return now;
        }),
      );
      expect((await runSource(hf, days('2025-12-11'), { endpoint: server.origin })).records).toHaveLength(3);
    },
  );

  it('a bare number is an empty weekend, and a failure on any other day', async () => {
    const server = await aServer(() => ({ body: '1' }));
    expect((await runSource(hf, days('2025-12-13'), { endpoint: server.origin })).days[0]?.items).toBe(0);
    await expect(runSource(hf, days('2025-12-11'), { endpoint: server.origin })).rejects.toThrow(
      'Hugging Face answered 1 where a list of papers was expected (?date=2025-12-11&limit=100).',
    );
  });

  it('a failure contains the server’s error message', async () => {
    const server = await aServer(() => ({ status: 400, body: '{"error":"Invalid date"}' }));
    await expect(runSource(hf, days('2025-12-11'), { endpoint: server.origin })).rejects.toThrow(
      /status 400: Invalid date/,
    );
  });

  it('an empty working day is accepted after retries, and fetched in full the next time', async () => {
    const server = await aServer(() => ({ headers: { etag: '"x"' }, body: '[]' }));
    const run = await runSource(hf, days('2025-12-11'), { endpoint: server.origin });
    expect(run.days[0]).toMatchObject({ items: 0, reason: 'Hugging Face listed no papers on this day.' });
    expect(run.seen.size).toBe(0);
    expect(server.asked.length).toBeGreaterThan(1);
  });

  it('events before a failure stay valid', async () => {
    const server = await aServer(
      withChaos(replayHf(new Map([...day, ['2025-12-12', itemsOf(1, 9)]])), () =>
        server.asked.length > 1 ? 'metadata' : null,
      ),
    );
    let failure: unknown;
    const run = await runSource(hf, days('2025-12-11', '2025-12-12'), { endpoint: server.origin }, (error) => {
      failure = error;
    });
    expect(failure).toBeInstanceOf(FetchFailure);
    expect(run.records).toHaveLength(3);
    expect(run.cursors).toEqual(['2025-12-11']);
  });
});

/** Tests that runs on randomly failing servers resume from their cursor and find all records. */
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Day } from '#core/day.ts';
import type { FetchSource } from '#ingest/fetch-source.ts';
import { arxivSearch } from '#ingest/sources/arxiv/arxiv-search.ts';
import { hf } from '#ingest/sources/hf/hf.ts';
import { type Misbehaviour, misbehaviours, withChaos } from '#tests/chaos-server.ts';
import { type Fetched, runSource } from '#tests/fetching.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { replayArxiv, replayHf } from '#tests/replay-server.ts';

const kinds = [...(Object.keys(misbehaviours) as Misbehaviour[]), 'cut', 'reset', 'slow'] as const;
const may = { from: '2024-05-13' as Day, to: '2024-05-17' as Day };
const daysOfMay = [13, 14, 15, 16, 17].map((date) => `2024-05-${date}`);

const items = (day: string) =>
  Array.from({ length: 110 }, (_, i) => ({
    paper: { id: `2405.${day.slice(8)}${String(i).padStart(3, '0')}`, title: `T ${i}`, summary: '', authors: [] },
    numComments: i,
  }));
const hfHandler = replayHf(new Map(daysOfMay.map((day) => [day, items(day)])));
const arxivHandler = replayArxiv(
  daysOfMay.flatMap((day) =>
    Array.from({ length: 300 }, (_, i) => ({
      id: `2405.${day.slice(8)}${String(i).padStart(3, '0')}v1`,
      published: `${day}T10:00:00Z`,
    })),
  ),
);

/** Returns every record as text, sorted and distinct: a repeated run yields some twice. */
async function runUntilDone<Options>(
  source: FetchSource<Options>,
  options: Options,
  endpoint: string,
): Promise<string[]> {
  const said = new Set<string>();
  let cursor: string | null = null;
  for (let runs = 0; runs < 60; runs++) {
    let hasFailed = false;
    const run: Fetched = await runSource(source, options, { endpoint, cursor }, () => {
      hasFailed = true;
    });
    for (const record of run.records) said.add(JSON.stringify(record));
    expect(run.rejected).toEqual([]);
    if (!hasFailed) return [...said].sort();
    cursor = run.cursors.at(-1) ?? cursor;
  }
  throw new Error('it came to no end in sixty runs');
}

/** Each request uses one of `chances` (0 to 999). Three in ten fail. */
async function aServer(handler: Handler, chances: readonly number[] | null) {
  let asked = 0;
  const pick = () => {
    const chance = chances?.[asked++ % chances.length] ?? 999;
    return chance < 300 ? (kinds[chance % kinds.length] ?? null) : null;
  };
  const server = await startServer(withChaos(handler, pick));
  onTestFinished(server.close);
  return server;
}

const cases = [
  { name: 'hf', source: hf as FetchSource<typeof may>, handler: hfHandler, count: 550 },
  { name: 'arxiv', source: arxivSearch as FetchSource<typeof may>, handler: arxivHandler, count: 1_500 },
];

it.each(cases)(
  '$name finds the same records on a failing server as on a working one',
  async ({ source, handler, count }) => {
    const wanted = await runUntilDone(source, may, (await aServer(handler, null)).origin);
    expect(wanted).toHaveLength(count);
    // A prime number, so that a repeated run gets other chances.
    const chances = fc.array(fc.noBias(fc.nat({ max: 999 })), { minLength: 97, maxLength: 97, size: 'max' });
    await fc.assert(
      fc.asyncProperty(chances, async (draw) => {
        expect(await runUntilDone(source, may, (await aServer(handler, draw)).origin)).toEqual(wanted);
      }),
      { numRuns: propertyRuns(4), endOnFailure: true },
    );
  },
  120_000,
);

/** Hugging Face's recorded listing: every item of every day goes in through a local server, and a second run transfers next to nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Day, parseDay } from '#core/day.ts';
import type { Validators } from '#core/ports/http-client.ts';
import { PaperRecordSchema } from '#core/record.ts';
import type { FetchContext, FetchEvent } from '#ingest/fetch-source.ts';
import { hf } from '#ingest/sources/hf/hf.ts';
import { createHttp } from '#platform/http-client/http-client.ts';
import { startServer } from '#tests/local-server.ts';
import { replayHf } from '#tests/replay-server.ts';

type Finding = { readonly name: string; readonly passed: boolean; readonly detail: string };
type Item = { readonly paper: { readonly id: string; readonly publishedAt: string }; readonly _listedOn: string };

export async function checkHuggingFace(dir: string): Promise<readonly Finding[]> {
  const byDay = readDays(join(dir, 'hf-daily', 'items-to-2025.jsonl.gz'));
  const days = [...byDay.keys()].sort();
  const server = await startServer(replayHf(byDay));
  const seen = new Map<string, Validators>();
  try {
    const range = { from: parseDay(days[0] ?? '') as Day, to: parseDay(days.at(-1) ?? '') as Day };
    const first = await run(server.origin, range, seen);
    const firstBytes = server.bytesSent();
    const second = await run(server.origin, range, seen);
    const secondBytes = server.bytesSent() - firstBytes;
    const items = [...byDay.values()].flat();
    return [
      {
        name: 'hf: every item goes in',
        passed: first.places.length === items.length && first.rejected === 0,
        detail: `${first.places.length} of ${items.length}, ${first.rejected} rejected, ${days.length} days, ${first.seconds.toFixed(1)} s`,
      },
      {
        name: 'hf: each on its listing day, in its place, with its day of publication',
        ...compare(first.places, placesOf(byDay)),
      },
      {
        name: 'hf: a second run transfers little',
        passed: second.places.length === 0 && secondBytes < firstBytes / 1000,
        detail: `${secondBytes} bytes after ${firstBytes}`,
      },
    ];
  } finally {
    await server.close();
  }
}

function readDays(file: string): Map<string, Item[]> {
  const items = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return Map.groupBy(
    items.map((line) => JSON.parse(line) as Item),
    (item) => item._listedOn,
  );
}

function placesOf(byDay: ReadonlyMap<string, readonly Item[]>): string[] {
  return [...byDay]
    .sort()
    .flatMap(([day, items]) =>
      items.map(({ paper }, i) => `${day} ${i + 1} ${paper.id} ${paper.publishedAt.slice(0, 10)}`),
    );
}

async function run(endpoint: string, range: { readonly from: Day; readonly to: Day }, seen: Map<string, Validators>) {
  const places: string[] = [];
  let rejected = 0;
  const started = performance.now();
  for await (const event of hf.fetch(contextOf(endpoint, seen), range)) {
    if (event.kind === 'record') places.push(...placeOf(event));
    else if (event.kind === 'rejected') rejected += 1;
    else if (event.kind === 'checkpoint') for (const { url, validators } of event.seen) seen.set(url, validators);
  }
  return { places, rejected, seconds: (performance.now() - started) / 1000 };
}

function placeOf(event: Extract<FetchEvent, { kind: 'record' }>): string[] {
  const record = PaperRecordSchema.parse(event.record);
  return record.listings.map(({ day, position }) => `${day} ${position} ${record.arxivId} ${record.publishedOn}`);
}

function contextOf(endpoint: string, seen: ReadonlyMap<string, Validators>): FetchContext {
  const rules = () => ({ key: 'local', pace: { limit: 1, windowMs: 0 } });
  const get = createHttp({
    rules,
    pace: { reserve: async () => 0 },
    trustedOrigins: [endpoint],
    userAgent: 'paper-digest-check',
  });
  return {
    get,
    endpoint,
    now: () => '2025-12-31T23:00:00.000Z',
    cursor: null,
    validatorsOf: async (url) => seen.get(url) ?? null,
  };
}

function compare(got: readonly string[], wanted: readonly string[]): Omit<Finding, 'name'> {
  const wrong = wanted.findIndex((place, i) => got[i] !== place);
  return wrong < 0
    ? { passed: true, detail: `${wanted.length} places` }
    : { passed: false, detail: `wanted “${wanted[wrong]}”, got “${got[wrong]}”` };
}

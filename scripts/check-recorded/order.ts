/** Recorded papers of five sources that overlap, in any order and any lots: always the same papers, identities and merged fields. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parseDay } from '#core/day.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { parseFeed } from '#ingest/sources/arxiv/arxiv-feed.ts';
import { toArxivEvent } from '#ingest/sources/arxiv/arxiv-paper.ts';
import { toHfEvents } from '#ingest/sources/hf/hf-record.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { listing } from '#ingest/sources/listing/listing.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { parsePythonLiteral } from '#tests/python-literal.ts';
import { storeEssence } from '#tests/store-essence.ts';

type Finding = { readonly name: string; readonly passed: boolean; readonly detail: string };
type Item = { readonly _listedOn: string };

const orders = 12;
const at = (hour: number) => `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`;

export async function checkOrder(dir: string): Promise<readonly Finding[]> {
  const events = await readOverlapping(dir);
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-order-'));
  try {
    const wanted = await storeOf(events, events.length, join(folder, 'once.db'));
    const [sampled] = fc.sample(
      fc.array(fc.tuple(fc.shuffledSubarray(events, { minLength: events.length }), fc.integer({ min: 1, max: 400 })), {
        minLength: orders,
        maxLength: orders,
      }),
      { numRuns: 1, seed: 2025 },
    );
    let different = '';
    for (const [i, [shuffled, lot]] of (sampled ?? []).entries()) {
      const got = await storeOf(shuffled, lot, join(folder, `${i}.db`));
      different ||= got.find((line, place) => line !== wanted[place]) ?? '';
    }
    const detail = `${events.length} records are ${wanted.length} papers in ${orders} orders and lots of 1 to 400`;
    return [
      {
        name: 'order and lots make no difference',
        passed: different === '' && wanted.length < events.length,
        detail: different === '' ? detail : `differs: ${different.slice(0, 400)}`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The days of the pasted listings from Hugging Face too, one day eight times with other votes, arXiv's answers, and the oddities. */
async function readOverlapping(dir: string): Promise<SourceEvent[]> {
  const items = linesOf(gunzipSync(readFileSync(join(dir, 'hf-daily', 'items-to-2025.jsonl.gz')))) as Item[];
  const pages = readdirSync(join(dir, 'listings')).filter((file) => file.endsWith('.txt'));
  const pasted = await Promise.all(
    pages.map((file) => Array.fromAsync(listing.read(inputOf(file, readFileSync(join(dir, 'listings', file)), 1), {}))),
  );
  const days = new Set(pages.map((file) => file.slice(0, 10)));
  const listed = items
    .filter((item) => days.has(item._listedOn))
    .map((item) => [...toHfEvents([item], parseDay(item._listedOn), at(2))]);
  const again = readdirSync(join(dir, 'hf-refetched'))
    .filter((file) => file.startsWith('2025-'))
    .map((file, i) => {
      const texts = JSON.parse(readFileSync(join(dir, 'hf-refetched', file), 'utf8')) as string[];
      return [...toHfEvents(texts.map(parsePythonLiteral), parseDay('2025-01-08'), at(3 + i))];
    });
  const answers = readdirSync(join(dir, 'arxiv-atom'))
    .filter((file) => !file.includes('http400'))
    .map((file) =>
      parseFeed(readFileSync(join(dir, 'arxiv-atom', file))).entries.map(({ raw }) => toArxivEvent(raw, file, at(4))),
    );
  const oddities = linesOf(readFileSync(join(dir, 'oddities.jsonl'))) as { set: string; record: unknown }[];
  const bulk = oddities.filter(({ set }) => set === 'bulk').map(({ record }) => JSON.stringify(record));
  const odd = [
    ...(await Array.fromAsync(jsonl.read(inputOf('oddities', Buffer.from(bulk.join('\n')), 5), {}))),
    ...oddities.filter(({ set }) => set === 'hf').flatMap(({ record }) => [...toHfEvents([record], null, at(6))]),
  ];
  return [pasted, listed, again, answers, odd].flat(2).filter((event) => event.kind === 'record');
}

function linesOf(bytes: Uint8Array): unknown[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}

function inputOf(name: string, content: Uint8Array, hour: number) {
  async function* bytes() {
    yield content;
  }
  return { bytes: bytes(), name, size: content.length, now: at(hour) };
}

async function storeOf(events: readonly SourceEvent[], lot: number, file: string): Promise<string[]> {
  migrate(file, join(import.meta.dirname, '..', '..', 'prisma', 'migrations'));
  const database = openForWriting(file);
  try {
    const writer = createRecordWriter(database);
    for (let from = 0; from < events.length; from += lot)
      await ingestPapers(toAsync(events.slice(from, from + lot)), { writer });
    return storeEssence(database);
  } finally {
    database.close();
  }
}

async function* toAsync(events: readonly SourceEvent[]): AsyncGenerator<SourceEvent> {
  yield* events;
}

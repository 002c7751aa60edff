/** Date limits at ingest: an impossible date from any source is dropped and reported, the record is stored. */
import { expect, test } from 'vitest';
import type { RunReport } from '#core/ports/ingest.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { toFoundEvent } from '#ingest/find-records.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { parseFeed } from '#ingest/sources/arxiv/arxiv-feed.ts';
import { parseOai } from '#ingest/sources/arxiv/arxiv-oai-page.ts';
import { toArxivEvent } from '#ingest/sources/arxiv/arxiv-paper.ts';
import { parseRss } from '#ingest/sources/arxiv/arxiv-rss.ts';
import { bibtex } from '#ingest/sources/bibtex/bibtex.ts';
import { toHfEvents } from '#ingest/sources/hf/hf-record.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

const now = '2025-12-16T08:00:00.000Z';

function read(record: Partial<PaperRecordInput>) {
  const event = toFoundEvent(
    { kind: 'record', record: aRecordInput({ fetchedAt: now, ...record }), where: 'line 7' },
    now,
  );
  if (event.kind !== 'found') throw new Error('it was rejected whole');
  const { publishedOn, listings } = event.found.record;
  return { publishedOn, days: listings.map(({ day }) => day), reason: event.rejection?.reason ?? null };
}
const listed = (...days: readonly string[]) => days.map((day, i) => ({ source: 'hf', day, position: i + 1 }));

test.each([
  ['1000', true],
  ['0999', false],
  ['1000-01-01', true],
  ['0999-12-31', false],
  ['0000', false],
  ['0001-01-01', false],
  ['1850-05-01', true],
  ['2024-02-29', true],
  ['2025-12-16', true],
  ['2026-12-16', true],
  ['2026-12-17', false],
  ['2026', true],
  ['2027', false],
  ['2200', false],
  ['9999-12-31', false],
])('a paper published %s, read on 16 December 2025: the date stays is %j', (publishedOn, stays) => {
  expect(read({ publishedOn })).toMatchObject({
    publishedOn: stays ? publishedOn : undefined,
    reason: stays ? null : expect.stringContaining(`the publication date ${publishedOn} was left out`),
  });
});

test.each([
  ['1900-01-01', true],
  ['1899-12-31', false],
  ['0000-01-01', false],
  ['2025-12-17', true],
  ['2025-12-18', false],
  ['2199-12-31', false],
  ['9999-12-30', false],
  ['9999-12-31', false],
])('a paper listed on %s, read on 16 December 2025: the day stays is %j', (day, stays) => {
  expect(read({ listings: listed('2025-12-15', day) })).toMatchObject({
    days: expect.arrayContaining(stays ? ['2025-12-15', day] : ['2025-12-15']),
    reason: stays ? null : expect.stringContaining(`the listing day ${day} was left out`),
  });
  expect(read({ listings: listed('2025-12-15', day) }).days).toHaveLength(stays ? 2 : 1);
});

test('the limit a year after 29 February is 28 February', () => {
  const at = (publishedOn: string) =>
    toFoundEvent(
      { kind: 'record', record: aRecordInput({ publishedOn, fetchedAt: '2024-02-29T12:00:00Z' }), where: '' },
      '2024-02-29T12:00:00Z',
    );
  expect(at('2025-02-28')).not.toHaveProperty('rejection');
  expect(at('2025-03-01')).toHaveProperty('rejection');
});

test('a record with a thousand impossible days has one short reason', () => {
  const days = Array.from({ length: 1_000 }, (_, i) => `${3000 + i}-01-01`);
  const { reason, days: left } = read({ publishedOn: '9999', listings: listed(...days) });
  expect(left).toEqual([]);
  expect(reason?.length).toBeLessThan(400);
  expect(reason).toMatch(/9999.*; the listing day 3000-01-01.*; and 998 more dates$/);
});

test('a line’s fetchedAt does not change the time of the ingest', () => {
  expect(read({ listings: listed('2025-12-16'), fetchedAt: '2020-01-01T00:00:00Z' }).days).toEqual(['2025-12-16']);
});

const xml = (text: string) => Buffer.from(text);
const bytes = async function* (text: string) {
  yield Buffer.from(text);
};
const file = (text: string) => ({ bytes: bytes(text), name: '-', size: null, now });
const arxiv = (raw: object) => toArxivEvent(raw, 'item', now);

const feedXml = `<feed><entry><id>http://arxiv.org/abs/2512.00001v1</id><title>A</title><summary>b</summary>
  <published>9999-12-31T00:00:00Z</published><author><name>Ann Lee</name></author></entry></feed>`;
const oaiXml = `<OAI-PMH><responseDate>9999-12-31T00:00:00Z</responseDate><ListRecords><record><header><identifier>oai:arXiv.org:2512.00001</identifier></header>
  <metadata><arXiv><id>2512.00001</id><created>9999-12-31</created><title>A</title><abstract>b</abstract><categories>cs.CL</categories></arXiv></metadata></record></ListRecords></OAI-PMH>`;
const rssXml = `<rss><channel><pubDate>Fri, 31 Dec 9999 00:00:00 -0500</pubDate><item><title>A</title><link>https://arxiv.org/abs/2512.00001</link>
  <description>arXiv:2512.00001v1 Announce Type: new Abstract: b</description></item></channel></rss>`;

const sources: Readonly<Record<string, () => AsyncIterable<SourceEvent> | Iterable<SourceEvent>>> = {
  hf: () =>
    toHfEvents(
      [{ paper: { id: '2512.00001', title: 'A', publishedAt: '9999-12-31T00:00:00.000Z', authors: [] } }],
      null,
      now,
    ),
  'arxiv search and ids': () => parseFeed(xml(feedXml)).entries.map(({ raw }) => arxiv(raw)),
  'arxiv oai': () => parseOai(xml(oaiXml)).papers.map(arxiv),
  'arxiv rss': () => parseRss(xml(rssXml), 'cs.CL').papers.map(arxiv),
  bibtex: () => bibtex.read(file('@article{a, title={A}, year={9999}, month={12}, day={31}}'), {}),
  jsonl: () =>
    jsonl.read(
      file('{"title":"A","publishedOn":"9999-12-31","listings":[{"source":"hf","day":"9999-12-30","position":1}]}'),
      {},
    ),
};

test.each(Object.keys(sources))(
  '%s: a paper with an impossible date is stored without it, and the report has the reason',
  async (name) => {
    const { database } = aTempStore();
    const writer = createRecordWriter(database, undefined, () => now);
    const events = async function* () {
      yield* sources[name]?.() ?? [];
    };
    const report: RunReport = await ingestPapers(events(), { writer });
    expect(report).toMatchObject({
      added: 1,
      rejected: [{ title: 'A', reason: expect.stringContaining('9999-12-3') }],
    });
    const { added, updated, unchanged, rejected } = report;
    expect(report.read).toBe(added + updated + unchanged + rejected.length);
    expect(database.prepare('SELECT publishedOn, listings FROM Paper').all()).toEqual([
      { publishedOn: null, listings: '[]' },
    ]);
    expect(database.prepare('SELECT payload FROM Record').pluck().get()).not.toContain('9999');
  },
);

test('a writer whose check fails, for example because of a wrong clock, stores nothing', async () => {
  const { database } = aTempStore();
  const writer = createRecordWriter(database, () => {
    throw new Error('the clock is wrong');
  });
  await expect(ingestPapers(eventsOf([aRecordInput()]), { writer })).rejects.toThrow('the clock is wrong');
  expect(database.prepare('SELECT count(*) FROM Paper').pluck().get()).toBe(0);
});

/** Repair of impossible dates that an older version stored. Runs when the store is opened for writing. */
import { expect, test } from 'vitest';
import type { RecordWriter } from '#core/ports/ingest.ts';
import { healDates, needsHealing } from '#ingest/dates/heal-dates.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { poison } from '#tests/poison.ts';
import { aRecordInput, eventsOf } from '#tests/records.ts';
import { aTempStore } from '#tests/temp-store.ts';

const now = '2026-06-01T12:00:00.000Z';

async function aStore(papers: number) {
  const store = aTempStore();
  const records = Array.from({ length: papers }, (_, i) =>
    aRecordInput({
      ownId: `p${i}`,
      title: `Paper ${i}`,
      publishedOn: '2025-12-01',
      listings: [{ source: 'hf', day: '2025-12-16', position: i + 1 }],
    }),
  );
  await ingestPapers(eventsOf(records), { writer: store.writer });
  const writerAt = (time: string, check?: () => void): RecordWriter =>
    createRecordWriter(store.database, check, () => time);
  const rows = (sql: string) => store.database.prepare(sql).all();
  return { ...store, writerAt, rows };
}

const revisionOf = ({ rows }: Awaited<ReturnType<typeof aStore>>) => rows('SELECT revision FROM Store');
const payloads = ({ rows }: Awaited<ReturnType<typeof aStore>>) => rows('SELECT payload FROM Record ORDER BY key');

test('papers lose their impossible dates, and the stored records keep them', async () => {
  const store = await aStore(5);
  poison(store.database, 'p0', { publishedOn: '9999-12-31', listingDays: ['9999-12-30'] });
  poison(store.database, 'p1', { publishedOn: '0099', listingDays: ['0001-01-01', '1899-12-31'] });
  poison(store.database, 'p2', { publishedOn: '2027-06-02', listingDays: ['2026-06-03', '2200-01-01'] });
  poison(store.database, 'p3', { publishedOn: '2027-06-01', listingDays: ['2026-06-02', '1900-01-01'] });
  const payloadsBefore = payloads(store);
  const writer = store.writerAt(now);
  expect(await needsHealing(writer)).toBe(true);
  expect(await healDates(writer)).toBe(3);
  expect(store.rows('SELECT id, publishedOn, publishedFrom IS NULL AS undated FROM Paper ORDER BY id')).toEqual([
    { id: 'p0', publishedOn: null, undated: 1 },
    { id: 'p1', publishedOn: null, undated: 1 },
    { id: 'p2', publishedOn: null, undated: 1 },
    { id: 'p3', publishedOn: '2027-06-01', undated: 0 },
    { id: 'p4', publishedOn: '2025-12-01', undated: 0 },
  ]);
  const days = store.rows(
    "SELECT id, group_concat(day, ' ') AS days FROM (SELECT id, day FROM Listing JOIN Paper ON key = paperKey ORDER BY id, day) GROUP BY id",
  );
  expect(days).toEqual([
    ...['p0', 'p1', 'p2'].map((id) => ({ id, days: '2025-12-16' })),
    { id: 'p3', days: '1900-01-01 2025-12-16 2026-06-02' },
    { id: 'p4', days: '2025-12-16' },
  ]);
  expect(payloads(store)).toEqual(payloadsBefore);
});

test('a second repair changes nothing', async () => {
  const store = await aStore(3);
  poison(store.database, 'p0', { publishedOn: '9999-12-31', listingDays: ['9999-12-30'] });
  const writer = store.writerAt(now);
  await healDates(writer);
  const before = [revisionOf(store), store.rows('SELECT * FROM Paper'), payloads(store)];
  expect(await needsHealing(writer)).toBe(false);
  expect(await healDates(writer)).toBe(0);
  expect([revisionOf(store), store.rows('SELECT * FROM Paper'), payloads(store)]).toEqual(before);
});

test('a date is compared with the later of the clock and its time of reading', async () => {
  const store = await aStore(2);
  poison(store.database, 'p0', { publishedOn: '2027-08-01', listingDays: ['2026-09-01'], at: '2026-08-31T20:00:00Z' });
  const behind = store.writerAt(now);
  await healDates(behind);
  expect(await healDates(behind)).toBe(0);
  expect(store.rows("SELECT publishedOn FROM Paper WHERE id = 'p0'")).toEqual([{ publishedOn: '2027-08-01' }]);
  expect(store.rows('SELECT max(day) AS day FROM Listing')).toEqual([{ day: '2026-09-01' }]);
  poison(store.database, 'p1', { publishedOn: '2027-08-01', listingDays: ['2026-09-01'] });
  expect(await needsHealing(store.writerAt('2026-09-01T00:00:00Z'))).toBe(false);
  expect(await healDates(behind)).toBe(1);
  expect(store.rows("SELECT publishedOn FROM Paper WHERE id = 'p1'")).toEqual([{ publishedOn: null }]);
});

test('a repair that is killed between batches is resumed', async () => {
  const store = await aStore(1_200);
  for (let i = 0; i < 1_200; i++)
    poison(store.database, `p${i}`, { publishedOn: '9999-12-31', listingDays: ['9999-12-30'] });
  let transactions = 0;
  const dying = store.writerAt(now, () => {
    if (++transactions > 1) throw new Error('killed');
  });
  await expect(healDates(dying)).rejects.toThrow('killed');
  expect(store.rows('SELECT count(*) AS n FROM Paper WHERE publishedOn IS NULL')).toEqual([{ n: 500 }]);
  const writer = store.writerAt(now);
  expect(await needsHealing(writer)).toBe(true);
  expect(await healDates(writer)).toBe(700);
  expect(await needsHealing(writer)).toBe(false);
});

test('the repair resets a source’s latest day to the latest possible one', async () => {
  const store = await aStore(1);
  store.database.exec(`
    INSERT INTO Source (name, askedAt, answeredAt, latestDay) VALUES ('hf', '2026-05-30T00:00:00Z', '2026-05-30T00:00:00Z', '9999-12-31');
    INSERT INTO SourceDay (source, day, items, askedAt) VALUES ('hf', '9999-12-31', 3, '2026-05-30T00:00:00Z');
    INSERT INTO SourceDay (source, day, items, askedAt) VALUES ('hf', '2026-05-29', 3, '2026-05-30T00:00:00Z');
    INSERT INTO SourceDay (source, day, items, askedAt) VALUES ('hf', '2026-05-30', 0, '2026-05-30T00:00:00Z');`);
  const writer = store.writerAt(now);
  expect(await needsHealing(writer)).toBe(true);
  await healDates(writer);
  expect(store.rows('SELECT latestDay FROM Source')).toEqual([{ latestDay: '2026-05-29' }]);
  expect(store.rows('SELECT day FROM SourceDay ORDER BY day')).toEqual([{ day: '2026-05-29' }, { day: '2026-05-30' }]);
  expect(await needsHealing(writer)).toBe(false);
});

test('the search for impossible dates uses covering indexes only', async () => {
  const store = await aStore(1);
  const statements: string[] = [];
  const prepare = store.database.prepare.bind(store.database);
  store.database.prepare = ((sql: string) => {
    statements.push(sql);
    return prepare(sql);
  }) as typeof prepare;
  createRecordWriter(store.database);
  const [search] = statements.filter((sql) => sql.includes('day > :listedTo'));
  const bounds = {
    listedFrom: '1900-01-01',
    listedTo: '2026-06-02',
    publishedFrom: -354_285,
    publishedTo: 20_970,
    after: 0,
    limit: 1,
  };
  const plan = prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${search}`).all(bounds);
  const steps = plan.map(({ detail }) => detail);
  expect(steps.filter((step) => /(?:Paper|Listing)\b/.test(step))).toEqual([
    'SEARCH Paper USING COVERING INDEX Paper_publishedFrom_key_publishedTo_idx (publishedFrom<?)',
    'SEARCH Paper USING COVERING INDEX Paper_publishedFrom_key_publishedTo_idx (publishedFrom>?)',
    'SEARCH Listing USING COVERING INDEX Listing_day_position_idx (day<?)',
    'SEARCH Listing USING COVERING INDEX Listing_day_position_idx (day>?)',
  ]);
});

test('a later date from the same source replaces an impossible one', async () => {
  const store = await aStore(1);
  poison(store.database, 'p0', { publishedOn: '9999-12-31', listingDays: [] });
  await ingestPapers(eventsOf([aRecordInput({ ownId: 'p0', title: 'Paper 0', publishedOn: '2024-02-01' })]), {
    writer: store.writerAt(now),
  });
  expect(store.rows('SELECT publishedOn FROM Paper')).toEqual([{ publishedOn: '2024-02-01' }]);
});

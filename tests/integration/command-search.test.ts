/** Commands search without a server: they load the saved index or build one in memory, and do not change its folder. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '#tests/ingest-load.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';

const timeoutMs = 60_000;
const run = (args: readonly string[], databaseFile: string) =>
  runCommand(args, { databaseFile, hf: 'http://127.0.0.1:9', arxiv: 'http://127.0.0.1:9' }).ended;
const titlesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { title: string }).title);

test('an export without a saved index contains every paper of its query in order', {
  timeout: timeoutMs,
}, async () => {
  const { file } = await aStoreWithPapers();
  const target = join(dirname(file), 'papers.jsonl');
  const { code, output } = await run(['export', '--query', 'decoder sort:new', target], file);
  expect(output).toContain('2 papers written');
  expect(code).toBe(0);
  expect(titlesIn(target)).toEqual(['Another decoder', 'A drafted decoder']);
  expect(readdirSync(dirname(file))).not.toContain('digest.db.index');
});

test('an export with a damaged index contains every paper and does not repair the index', {
  timeout: timeoutMs,
}, async () => {
  const { file } = await aStoreWithPapers();
  mkdirSync(`${file}.index`);
  writeFileSync(join(`${file}.index`, 'index.json'), 'nonsense');
  const target = join(dirname(file), 'all.jsonl');
  expect((await run(['export', target], file)).code).toBe(0);
  expect(titlesIn(target)).toHaveLength(6);
  expect(readdirSync(`${file}.index`)).toEqual(['index.json']);
  const { code, output } = await run(['doctor'], file);
  expect(output).toMatch(/BAD {2}search index .*index\.json is damaged/);
  expect(code).toBe(1);
});

test('a digest dry run works without a saved index, and the doctor accepts the missing index', {
  timeout: timeoutMs,
}, async () => {
  const { file, database } = await aStoreWithPapers();
  database.exec(`INSERT INTO Subscriber (id, address, createdAt) VALUES (1, 'a@example.org', '2025-12-01');
    INSERT INTO Subscription (subscriberId, query, weekdays, hour, timeZone, mailsEmpty, state, createdAt, confirmedAt, sinceKey, sinceDay, nextDueAt)
    VALUES (1, 'q=decoder', '1234567', 8, 'UTC', 0, 'active', '2025-12-01', '2025-12-01', 0, '2025-12-01', '2099-01-01')`);
  const { code, output } = await run(['digest', '--dry-run', '--day', '2025-12-16'], file);
  expect(output).toMatch(/ decoder: 2 papers/);
  expect(code).toBe(0);
  expect((await run(['doctor'], file)).output).toMatch(/ok {3}search index +none is saved/);
});

/** Cursor pagination while another process ingests: no paper repeats, and none that was there is missed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { type Call, openApi } from '#tests/call-api.ts';
import { aNumberedRecord } from '#tests/numbered-records.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';
import { type ApiPaperList, ApiPaperListSchema } from '#view/api-schemas.ts';

const papers = 120;

/** `ingest` starts a batch and resolves after the commit. */
async function startIngesting(file: string): Promise<() => Promise<unknown>> {
  const script = join(import.meta.dirname, '..', 'support', 'ingesting-process.ts');
  const child = spawn(process.execPath, [script, file, String(papers)], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.stdin.end();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return () => {
    const committed = once(lines, 'line');
    child.stdin.write('\n');
    return committed;
  };
}

/** `meanwhile` starts with each page and ends before the next one. */
async function walk(
  api: Call,
  query: string,
  meanwhile: () => Promise<unknown> = async () => {},
  limit = 7,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const happening = meanwhile();
    const response = await api(`/api/v1/papers?${query}&limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`);
    const list: ApiPaperList = ApiPaperListSchema.parse(await response.json());
    ids.push(...list.papers.map(({ id }) => id));
    cursor = list.next;
    await happening;
  } while (cursor !== null && ids.length < 10 * papers);
  return ids;
}

test.each(['sort=new', 'sort=upvotes', 'sort=old', 'q=decoder+draft&sort=relevance'])(
  'pages of %s neither repeat nor miss a paper during ingest',
  async (query) => {
    const { file } = await aStoreWithPapers(Array.from({ length: papers }, (_, n) => aNumberedRecord(n)));
    const api = openApi(file);
    const there = await walk(api, query);
    const seen = await walk(api, query, await startIngesting(file));
    expect(there.length).toBeGreaterThan(papers / 2);
    expect(new Set(seen).size, 'a repeat').toBe(seen.length);
    expect(
      there.filter((id) => !seen.includes(id)),
      'missed',
    ).toEqual([]);
  },
  120_000,
);

test('clients of one list can use different page sizes', async () => {
  const { file } = await aStoreWithPapers(Array.from({ length: 30 }, (_, n) => aNumberedRecord(n)));
  const api = openApi(file);
  await api('/api/v1/papers?sort=new&limit=1');
  const byTens = await walk(api, 'sort=new', undefined, 10);
  expect(new Set(byTens).size).toBe(30);
  expect(await walk(api, 'sort=new', undefined, 20)).toEqual(byTens);
  expect(await walk(api, 'sort=new', undefined, 7)).toEqual(byTens);
});

/** During the first build, lists report its progress, and responses that clients store wait for the complete index. */
import { expect, test } from 'vitest';
import { createSite } from '#read/site.ts';
import { type Call, callRoutes, openApi } from '#tests/call-api.ts';
import { openSite } from '#tests/call-site.ts';
import { aGrowingIndex, aSilentIndex } from '#tests/growing-index.ts';
import { aNumberedRecord } from '#tests/numbered-records.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';
import { ApiPaperListSchema } from '#view/api-schemas.ts';

const papers = 90;
const aStore = () => aStoreWithPapers(Array.from({ length: papers }, (_, n) => aNumberedRecord(n)));

async function listOf(api: Call, query: string) {
  const response = await api(`/api/v1/papers?${query}`);
  return { headers: response.headers, list: ApiPaperListSchema.strict().parse(await response.json()) };
}

test('during the first build the API returns the latest papers and the progress, with no-store', async () => {
  const { file } = await aStore();
  const { library, take } = aGrowingIndex(file);
  const api = callRoutes(createSite(library, []));
  take(20);
  const { headers, list } = await listOf(api, 'q=decoder&sort=new&limit=100');
  expect(list.indexing).toEqual({ done: 20, total: papers });
  expect(list.total).toBe(20);
  const whole = await listOf(openApi(file), 'q=decoder&sort=new&limit=20');
  expect(list.papers.map(({ publishedOn }) => publishedOn)).toEqual(
    whole.list.papers.map(({ publishedOn }) => publishedOn),
  );
  expect(headers.get('etag')).toBeNull();
  expect(headers.get('cache-control')).toBe('no-store');
});

test('with a complete index the response has no progress and may be stored and revalidated', async () => {
  const { file } = await aStore();
  const { headers, list } = await listOf(openApi(file), 'q=decoder');
  expect(list).not.toHaveProperty('indexing');
  expect(headers.get('cache-control')).toBe('no-cache');
});

test('a page without indexed papers reports the progress and does not call the store empty', async () => {
  const { file } = await aStore();
  const site = openSite(aGrowingIndex(file).library, 1e6);
  const { body, status } = await site('/papers');
  expect(status).toBe(200);
  expect(body).toContain('Still indexing: 0 of 90 papers so far.');
  expect(body).not.toContain('npm run ingest');
});

test.each(['/papers', '/papers?q=decoder', '/papers/date/2025-12-16', '/'])(
  'the page %s shows the progress of the index in settled line',
  async (address) => {
    const { file } = await aStore();
    const { library, take } = aGrowingIndex(file);
    const site = openSite(library, 1e6);
    take(12);
    const { body } = await site(address);
    expect(body).toMatch(/<p [^>]*role="status">Still indexing: 12 of 90 papers so far\.<\/p>/);
    take(papers);
    expect((await site(address)).body).not.toContain('Still indexing');
  },
);

test.each(['sort=new', 'sort=old', 'sort=upvotes', 'q=decoder'])(
  'cursor pagination of %s returns every paper once while the index grows',
  async (query) => {
    const { file } = await aStore();
    const { library, take } = aGrowingIndex(file);
    const api = callRoutes(createSite(library, []));
    take(9);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const { list }: Awaited<ReturnType<typeof listOf>> = await listOf(
        api,
        `${query}&limit=7${cursor ? `&cursor=${cursor}` : ''}`,
      );
      ids.push(...list.papers.map(({ id }) => id));
      cursor = list.next;
      take(11);
    } while (cursor !== null && ids.length < 5 * papers);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(papers);
  },
);

const stored = [
  '/feeds/papers.atom?q=decoder',
  '/feeds/papers.jsonl',
  '/feeds/papers.bib?q=decoder',
  '/api/papers/search?q=decoder',
  '/api/daily_papers?week=2025-W51',
];
const callMcp = (api: Call) =>
  api('/mcp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'search_papers', arguments: { query: 'decoder' } },
    }),
  });

test.each(stored)('%s waits for the complete index', async (address) => {
  const { file } = await aStore();
  const { library, say } = aSilentIndex(file, 30_000);
  const api = callRoutes(createSite(library, []));
  let isSettled = false;
  const response = api(address).then((settled) => {
    isSettled = true;
    return settled;
  });
  await say(false, 3);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isSettled).toBe(false);
  await say(true, 6);
  expect((await response).status).toBe(200);
  expect(await (await response).text()).toMatch(/decoder/i);
});

test.each(stored)('%s responds 503 with Retry-After when the index takes too long', async (address) => {
  const { file } = await aStore();
  const { library, say } = aSilentIndex(file, 20);
  await say(false, 3);
  const response = await callRoutes(createSite(library, []))(address);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await response.text()).toContain('3 of 6 papers');
});

test('MCP waits for the complete index and responds 503 with Retry-After when it takes too long', async () => {
  const { file } = await aStore();
  const slow = aSilentIndex(file, 20);
  const rejected = await callMcp(callRoutes(createSite(slow.library, [])));
  expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([503, '10']);
  const { library, say } = aSilentIndex(file, 30_000);
  const response = callMcp(callRoutes(createSite(library, [])));
  await say(true, 6);
  expect(await (await response).text()).toContain('Decoder number');
});

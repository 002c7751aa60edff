/** The Hugging Face compatible API: requests of its clients, and the details of responses that they depend on. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type HfDailyPaper,
  HfDailyPaperSchema,
  HfErrorSchema,
  HfListedPaperSchema,
  HfPaperInfoSchema,
} from '#api/hf/responses.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { aServedApi } from '#tests/a-served-api.ts';
import { openApi } from '#tests/call-api.ts';
import { eventsOf } from '#tests/records.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';

const anApi = async () => openApi((await aStoreWithPapers()).file);
type Api = Awaited<ReturnType<typeof anApi>>;

async function list(api: Api, address: string): Promise<HfDailyPaper[]> {
  const response = await api(address);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  return z.array(HfDailyPaperSchema.strict()).parse(await response.json());
}
const idsOf = async (api: Api, address: string) => (await list(api, address)).map(({ paper }) => paper.id);

async function errorOf(api: Api, address: string): Promise<readonly [number, string]> {
  const response = await api(address);
  return [response.status, HfErrorSchema.strict().parse(await response.json()).error];
}

const unnamed = 'a-paper-without-names-or-dates';

describe('GET /api/daily_papers', () => {
  test('papers of a day are sorted by upvotes, then by position', async () => {
    expect(await idsOf(await anApi(), '/api/daily_papers?date=2025-12-16')).toEqual([
      '2406.00105',
      '2405.14906',
      '2407.00002',
    ]);
  });

  test('without a date the latest day comes first, and unlisted papers are omitted', async () => {
    const newest = ['2405.14906', '2406.00105', '2407.00002', 'hep-th/9901001', unnamed];
    const api = await anApi();
    expect(await idsOf(api, '/api/daily_papers')).toEqual(newest);
    expect(await idsOf(api, '/api/daily_papers?week=2025-W50')).toEqual(['hep-th/9901001']);
    expect(await idsOf(api, '/api/daily_papers?month=2025-12')).toEqual(newest.slice(0, 4));
    expect(await idsOf(api, '/api/daily_papers?limit=100&sort=publishedAt&p=0')).toEqual(newest);
  });

  test('the trending order ignores the date', async () => {
    const api = await anApi();
    const trending = await idsOf(api, '/api/daily_papers?sort=trending');
    expect(trending).toHaveLength(5);
    expect(trending[0]).toBe('2405.14906');
    expect(await idsOf(api, '/api/daily_papers?sort=trending&date=2025-12-12')).toEqual(trending);
  });

  test('days without papers, pages past the end and other submitters give an empty list', async () => {
    const api = await anApi();
    for (const query of [
      'date=2025-12-13',
      'date=1990-01-01',
      'p=7',
      'p=99999999',
      'submitter=someone',
      'week=2024-W01',
    ]) {
      expect(await list(api, `/api/daily_papers?${query}`)).toEqual([]);
    }
    expect(await idsOf(api, '/api/daily_papers?submitter=paper-digest&limit=1')).toEqual(['2405.14906']);
  });

  test('an error response has the form { error }', async () => {
    const api = await anApi();
    expect(await errorOf(api, '/api/daily_papers?limit=101')).toEqual([
      400,
      expect.stringContaining('Too big: expected number to be <=100'),
    ]);
    for (const query of [
      'limit=0',
      'date=2025-02-30',
      'date=today',
      'date=2999-01-01',
      'sort=upvotes',
      'p=-1',
      'p=x',
      'week=2025-W54',
      'month=2025-13',
    ]) {
      expect(await errorOf(api, `/api/daily_papers?${query}`), query).toEqual([400, expect.stringMatching(/./)]);
    }
  });

  test('the Link header has the absolute address of the next page', async () => {
    const api = await anApi();
    const seen: string[] = [];
    let address = '/api/daily_papers?limit=2&sort=publishedAt';
    for (let page = 0; page < 5 && address !== ''; page++) {
      const response = await api(address);
      const items = (await response.json()) as HfDailyPaper[];
      seen.push(...items.map(({ paper }) => paper.id));
      const link = response.headers.get('link') ?? '';
      address =
        /^<(https:\/\/digest\.example\/api\/daily_papers\?limit=2&sort=publishedAt&p=\d)>; rel="next"$/.exec(
          link,
        )?.[1] ?? '';
    }
    expect(seen).toEqual(await idsOf(api, '/api/daily_papers'));
    const last = await api('/api/daily_papers?limit=1&p=2&date=2025-12-16');
    expect(last.headers.get('link')).toBeNull();
  });
});

describe('an item', () => {
  test('an item repeats the fields that clients read at different places', async () => {
    const [, item] = await list(await anApi(), '/api/daily_papers?date=2025-12-16');
    expect(item?.paper).toMatchObject({
      id: '2405.14906',
      publishedAt: '2024-05-23T00:00:00.000Z',
      submittedOnDailyAt: '2025-12-16T00:00:00.000Z',
      upvotes: 3,
      authors: [{ name: 'Bin Lei', hidden: false }, { name: 'Yuchen Li' }, { name: 'Zoë O’Neil' }],
      githubRepoAddedBy: 'auto',
    });
    expect(item).toMatchObject({
      publishedAt: '2025-12-16T00:00:00.000Z',
      upvotes: 3,
      numComments: 4,
      thumbnail: 'https://digest.example/og/2405.14906',
      submittedBy: { user: 'paper-digest', name: 'paper-digest', fullname: 'Paper Digest' },
      organization: {
        name: 'Example-University',
        fullname: 'Example University',
        avatar: 'https://digest.example/favicon.svg',
        avatarUrl: 'https://digest.example/favicon.svg',
      },
      projectPage: 'https://autocoder.example/',
      githubRepo: 'https://github.com/example/autocoder',
      ai_keywords: expect.arrayContaining(['test-driven data']),
    });
    for (const name of [
      'title',
      'summary',
      'upvotes',
      'ai_keywords',
      'organization',
      'projectPage',
      'githubRepo',
    ] as const) {
      expect(item?.paper[name]).toEqual(item?.[name]);
    }
  });

  test('an item has stable ids', async () => {
    const [first, second] = [
      await list(await anApi(), '/api/daily_papers'),
      await list(await anApi(), '/api/daily_papers'),
    ];
    expect(first).toEqual(second);
    const ids = first.flatMap(({ paper }) => [paper.discussionId, ...paper.authors.map((author) => author._id)]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('an item omits unknown fields, except upvotes, which are 0', async () => {
    const item = (await list(await anApi(), '/api/daily_papers?month=2025-11'))[0];
    expect(item).toMatchObject({
      upvotes: 0,
      numComments: 0,
      summary: '',
      paper: { id: unnamed, authors: [], upvotes: 0 },
    });
    expect(item?.paper).not.toHaveProperty('publishedAt');
    expect(item?.submittedOnDailyAt).toBe('2025-11-03T00:00:00.000Z');
    expect(JSON.stringify(item)).not.toContain('null');
  });
});

describe('the other addresses', () => {
  test('the search treats every word literally', async () => {
    const api = await anApi();
    expect(new Set(await idsOf(api, '/api/papers/search?q=decoder&limit=20'))).toEqual(
      new Set(['2406.00105', '2407.00002']),
    );
    expect((await idsOf(api, '/api/papers/search?q=drafted+decoder'))[0]).toBe('2406.00105');
    expect(await idsOf(api, '/api/papers/search?q=-decoder+id%3A2407.00002')).toContain('2407.00002');
    expect(await idsOf(api, '/api/papers/search?q=%2B%2B%2B')).toEqual([]);
    expect(await idsOf(api, '/api/papers/search?limit=1')).toEqual(['2405.14906']);
    expect(await errorOf(api, `/api/papers/search?q=${'x'.repeat(251)}`)).toEqual([
      400,
      expect.stringContaining('250'),
    ]);
    expect(await errorOf(api, '/api/papers/search?q=x&limit=121')).toEqual([400, expect.stringContaining('<=120')]);
  });

  test('the list has every paper, the newest first, in pages', async () => {
    const api = await anApi();
    const seen: string[] = [];
    let address: string | undefined = '/api/papers?limit=4';
    while (address) {
      const response: Response = await api(address);
      seen.push(
        ...z
          .array(HfListedPaperSchema.strict())
          .parse(await response.json())
          .map(({ id }) => id),
      );
      address = /^<(.+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(['2407.00002', '2406.00105', '2405.14906', 'never-listed', 'hep-th/9901001', unnamed]);
    expect(await errorOf(api, '/api/papers?cursor=nonsense')).toEqual([400, expect.stringContaining('cursor')]);
  });

  test('a paper is found by any form of its id', async () => {
    const api = await anApi();
    for (const id of [
      'hep-th/9901001',
      'hep-th%2F9901001',
      'hep-th/9901001v2',
      '2406.105',
      '2406.00105v1',
      'arxiv:2406.00105',
      unnamed,
    ]) {
      const response = await api(`/api/papers/${id}`);
      const info = HfPaperInfoSchema.strict().parse(await response.json());
      expect([response.status, info.linkedModels, info.numTotalModels], id).toEqual([200, [], 0]);
      expect(info.id).toBe(id.startsWith('hep') ? 'hep-th/9901001' : id.includes('.') ? '2406.00105' : id);
    }
    expect(await errorOf(api, '/api/papers/2999.99999')).toEqual([404, 'Paper not found']);
    expect(await errorOf(api, '/api/papers/%E0%A4%A')).toEqual([400, expect.stringMatching(/UTF-8/)]);
    expect((await api('/og/%E0%A4%A')).status).toBe(400);
  });

  test('the repositories of a paper are empty', async () => {
    const api = await anApi();
    expect(await (await api('/api/arxiv/hep-th/9901001/repos')).json()).toEqual({
      models: [],
      datasets: [],
      spaces: [],
    });
    expect(await errorOf(api, '/api/arxiv/nothing/repos')).toEqual([404, 'Paper not found']);
    expect(await errorOf(api, '/api/arxiv/2406.00105')).toEqual([404, 'Not found']);
  });

  test('a paper is available as Markdown', async () => {
    const response = await (await anApi())('/api/papers/2405.14906.md');
    expect(response.headers.get('content-type')).toMatch(/^text\/markdown/);
    const text = await response.text();
    expect(text).toContain('\\<b\\>\\&');
    expect(text).toContain('$\\alpha$');
    expect(text).toContain('- Authors: Bin Lei, Yuchen Li, Zoë O’Neil\n');
    expect(text).toContain('- Code: <https://github.com/example/autocoder>\n');
    expect(text).toContain('eprint={2405.14906}');
    expect(await errorOf(await anApi(), '/api/papers/none.md')).toEqual([404, 'Paper not found']);
  });
});

describe('headers', () => {
  test('responses and errors allow any origin and contain the quota', async () => {
    const api = await anApi();
    for (const address of [
      '/api/daily_papers',
      '/api/daily_papers?limit=101',
      '/api/papers/none',
      '/api/papers/search?q=x',
    ]) {
      const { headers } = await api(address, { headers: { origin: 'https://elsewhere.example' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toContain('Link');
      expect(headers.get('ratelimit')).toBe('"api";r=500;t=300');
      expect(headers.get('ratelimit-policy')).toBe('"fixed window";"api";q=500;w=300');
    }
    const preflight = await api('/api/daily_papers', { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('Authorization'),
    ]);
  });

  test('a conditional request gets 304 until the store changes', async () => {
    const { file, writer } = await aStoreWithPapers();
    const { ask } = await aServedApi(file);
    const first = await ask('/api/daily_papers');
    const headers = { 'if-none-match': first.headers.etag ?? '' };
    const again = await ask('/api/daily_papers', { headers });
    expect([again.status, again.body.toString()]).toEqual([304, '']);
    expect((await ask('/api/daily_papers?limit=1', { headers })).status).toBe(200);
    const listed = {
      source: 'jsonl',
      title: 'News',
      fetchedAt: '2026-01-01T00:00:00Z',
      listings: [{ day: '2026-01-01', position: 1 }],
    };
    await ingestPapers(eventsOf([listed]), { writer });
    expect((await ask('/api/daily_papers', { headers })).status).toBe(200);
  });
});

/** API v1: pagination during ingest, entity tags, parameter errors, suggestions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import type { Received } from '#tests/a-front.ts';
import { aServedApi } from '#tests/a-served-api.ts';
import { type Call, openApi } from '#tests/call-api.ts';
import { aNumberedRecord } from '#tests/numbered-records.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { eventsOf } from '#tests/records.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';
import {
  ApiDayListSchema,
  type ApiPaperList,
  ApiPaperListSchema,
  ApiPaperSchema,
  ApiSuggestionsSchema,
  ApiTagListSchema,
  ProblemDocumentSchema,
} from '#view/api-schemas.ts';

const anApi = async () => openApi((await aStoreWithPapers()).file);

async function listOf(api: Call, address: string): Promise<ApiPaperList> {
  const response = await api(address);
  expect(response.status, address).toBe(200);
  return ApiPaperListSchema.strict().parse(await response.json());
}

async function problemOf(api: Call, address: string) {
  const response = await api(address);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return ProblemDocumentSchema.strict().parse(await response.json());
}

/** Follows `next` to the end and runs a task after each page. */
async function walk(api: Call, query: string, between: (page: number) => Promise<unknown>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null; page++) {
    const list: ApiPaperList = await listOf(api, `/api/v1/papers?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    ids.push(...list.papers.map((paper) => paper.id));
    cursor = list.next;
    expect(page, 'pages').toBeLessThan(100);
    await between(page);
  }
  return ids;
}

describe('pages of a list', () => {
  const sorts = ['relevance', 'new', 'old', 'trending', 'upvotes', 'comments', 'authors', 'listing'] as const;

  test('pages neither repeat nor miss a paper during ingest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sorts),
        fc.integer({ min: 1, max: 9 }),
        fc.array(
          fc.array(
            fc.record({
              n: fc.integer({ min: 0, max: 32 }),
              upvotes: fc.nat(9),
              year: fc.integer({ min: 1990, max: 2026 }),
            }),
            {
              maxLength: 4,
            },
          ),
          { maxLength: 8 },
        ),
        async (sort, limit, batches) => {
          const first = Array.from({ length: 24 }, (_, n) => aNumberedRecord(n));
          const { file, writer } = await aStoreWithPapers(first);
          const api = openApi(file);
          const query = `q=decoder+draft&sort=${sort}&limit=${limit}`;
          const whole = (await listOf(api, `/api/v1/papers?q=decoder+draft&sort=${sort}&limit=100`)).papers.map(
            (paper) => paper.id as string,
          );
          const seen = await walk(api, query, async (page) => {
            // New papers, and known papers with changed counts, dates and words.
            const records = (batches[page] ?? []).map(({ n, upvotes, year }) =>
              aNumberedRecord(n, {
                upvotes,
                publishedOn: `${year}-03-01`,
                title: `Decoder number ${n} draft draft`,
                fetchedAt: `2026-01-0${1 + page}T00:00:00Z`,
              }),
            );
            await ingestPapers(eventsOf(records), { writer });
          });
          expect(new Set(seen).size, 'a repeat').toBe(seen.length);
          expect(
            whole.filter((id) => !seen.includes(id)),
            'missed',
          ).toEqual([]);
          // Known papers can start to match during pagination. New papers are left out.
          expect(
            seen.filter((id) => Number(id.slice(5)) >= first.length),
            'added meanwhile',
          ).toEqual([]);
          if (batches.every((batch) => batch.length === 0)) expect(seen).toEqual(whole);
        },
      ),
      { numRuns: propertyRuns(15) },
    );
  }, 120_000);

  test('a paper that moves ahead is still served, and a served paper that moves back does not repeat', async () => {
    const { file, writer } = await aStoreWithPapers(
      Array.from({ length: 12 }, (_, n) => aNumberedRecord(n, { upvotes: 100 - n })),
    );
    const later = '2026-02-01T00:00:00Z';
    const seen = await walk(openApi(file), 'sort=upvotes&limit=4', async (page) => {
      if (page > 0) return;
      const moved = [
        aNumberedRecord(11, { upvotes: 500, fetchedAt: later }),
        aNumberedRecord(0, { upvotes: 1, fetchedAt: later }),
        aNumberedRecord(30, { upvotes: 90 }),
      ];
      await ingestPapers(eventsOf(moved), { writer });
    });
    expect(seen.map((id) => Number(id.slice(5)))).toEqual([0, 1, 2, 3, 11, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('several clients can request a page again, with other limits', async () => {
    const { file, writer } = await aStoreWithPapers(Array.from({ length: 30 }, (_, n) => aNumberedRecord(n)));
    const api = openApi(file);
    const first = await listOf(api, '/api/v1/papers?limit=5');
    const second = await listOf(api, `/api/v1/papers?limit=5&cursor=${first.next}`);
    await ingestPapers(eventsOf([aNumberedRecord(40, { publishedOn: '2026-01-01' })]), { writer });
    const [again, longer] = await Promise.all(
      [5, 10].map((limit) => listOf(api, `/api/v1/papers?limit=${limit}&cursor=${first.next}`)),
    );
    expect(again?.papers).toEqual(second.papers);
    expect(longer?.papers.slice(0, 5)).toEqual(second.papers);
    expect(new Set(longer?.papers.map(({ id }) => id)).size).toBe(10);
  });

  test('a client can continue a list that another client opened with smaller pages', async () => {
    const { file } = await aStoreWithPapers(Array.from({ length: 30 }, (_, n) => aNumberedRecord(n)));
    const api = openApi(file);
    const whole = (await listOf(api, '/api/v1/papers')).papers.map(({ id }) => id);
    for (const limits of [
      [1, 10],
      [2, 25],
    ]) {
      const fresh = openApi(file);
      const [, { next }] = [
        await listOf(fresh, `/api/v1/papers?limit=${limits[0]}`),
        await listOf(fresh, `/api/v1/papers?limit=${limits[1]}`),
      ];
      expect((await listOf(fresh, `/api/v1/papers?limit=5&cursor=${next}`)).papers.map(({ id }) => id)).toEqual(
        whole.slice(limits[1], Number(limits[1]) + 5),
      );
    }
    // A cursor of another process expires too.
    const other = openApi(file);
    await listOf(other, '/api/v1/papers?limit=1');
    const { next } = await listOf(openApi(file), '/api/v1/papers?limit=20');
    expect((await listOf(other, `/api/v1/papers?limit=5&cursor=${next}`)).papers.map(({ id }) => id)).toEqual(
      whole.slice(20, 25),
    );
  });

  test('a cursor works in another process until the store changes, then it expires', async () => {
    const { file, writer } = await aStoreWithPapers(Array.from({ length: 12 }, (_, n) => aNumberedRecord(n)));
    const whole = (await listOf(openApi(file), '/api/v1/papers')).papers.map(({ id }) => id);
    const { next } = await listOf(openApi(file), '/api/v1/papers?limit=5');
    expect((await listOf(openApi(file), `/api/v1/papers?limit=5&cursor=${next}`)).papers.map(({ id }) => id)).toEqual(
      whole.slice(5, 10),
    );
    await ingestPapers(eventsOf([aNumberedRecord(40)]), { writer });
    expect(await problemOf(openApi(file), `/api/v1/papers?limit=5&cursor=${next}`)).toMatchObject({
      status: 400,
      parameter: 'cursor',
    });
  });

  test('a malformed cursor is an error that names the parameter', async () => {
    const api = await anApi();
    for (const cursor of [
      'x',
      '%00',
      'MQ',
      Buffer.from('1.0').toString('base64url'),
      Buffer.from('99.99').toString('base64url'),
    ]) {
      expect(await problemOf(api, `/api/v1/papers?cursor=${cursor}`)).toMatchObject({
        status: 400,
        parameter: 'cursor',
      });
    }
  });
});

describe('parameters', () => {
  test('every address rejects an unknown parameter and suggests a known one', async () => {
    const api = await anApi();
    expect(await problemOf(api, '/api/v1/papers?autors=3')).toMatchObject({
      status: 400,
      parameter: 'autors',
      detail: expect.stringContaining('did you mean “authors”?'),
    });
    expect(await problemOf(api, '/api/v1/papers/2405.14906/related?limt=3')).toMatchObject({
      parameter: 'limt',
      detail: expect.stringContaining('“limit”'),
    });
    for (const address of ['papers/2405.14906', 'tags', 'days', 'palette']) {
      expect(await problemOf(api, `/api/v1/${address}?x=1`)).toMatchObject({ status: 400, parameter: 'x' });
      expect((await api(`/api/v1/${address}?utm_source=mail`)).status).toBe(200);
    }
    expect(await problemOf(api, '/api/v1/suggest?query=x')).toMatchObject({ status: 400, parameter: 'query' });
  });

  test('the error of a malformed parameter names it and its valid values', async () => {
    const api = await anApi();
    for (const value of ['0', '101', 'x', '-1', '1.5']) {
      expect(await problemOf(api, `/api/v1/papers?limit=${value}`)).toMatchObject({
        status: 400,
        parameter: 'limit',
        detail: '“limit” takes a number from 1 to 100.',
      });
    }
    expect(await problemOf(api, '/api/v1/papers?limit=1&limit=2')).toMatchObject({ parameter: 'limit' });
    expect(await problemOf(api, '/api/v1/papers?page=2')).toMatchObject({
      parameter: 'page',
      detail: expect.stringContaining('cursor'),
    });
    expect(await problemOf(api, '/api/v1/papers?authors=many')).toMatchObject({ parameter: 'authors' });
    expect(await problemOf(api, '/api/v1/papers/none')).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('responses', () => {
  test('the API returns a paper by id and alias, the tags and the days', async () => {
    const api = await anApi();
    const paper = ApiPaperSchema.strict().parse(await (await api('/api/v1/papers/hep-th/9901001')).json());
    expect(paper).toMatchObject({ id: 'hep-th/9901001', url: 'https://digest.example/papers/hep-th/9901001' });
    const { tags } = ApiTagListSchema.strict().parse(await (await api('/api/v1/tags')).json());
    expect(tags).toContainEqual(
      expect.objectContaining({ kind: 'category', slug: 'cs.se', count: 1, url: 'https://digest.example/tags/cs.se' }),
    );
    const { days } = ApiDayListSchema.strict().parse(await (await api('/api/v1/days')).json());
    expect(days.map(({ day, count }) => `${day} ${count}`)).toEqual(['2025-12-16 3', '2025-12-12 1', '2025-11-03 1']);
  });

  test('a conditional request gets 304 until the store changes', async () => {
    const { file, writer } = await aStoreWithPapers();
    const { ask } = await aServedApi(file);
    const addresses = ['papers?tag=cs.se', 'papers/2405.14906', 'tags', 'days', 'suggest?q=dec', 'palette'].map(
      (path) => `/api/v1/${path}`,
    );
    const firsts = new Map<string, Received>();
    for (const address of [...addresses, '/feeds/topics.opml', '/llms.txt']) firsts.set(address, await ask(address));
    for (const [address, { headers }] of firsts) {
      const again = await ask(address, { headers: { 'if-none-match': headers.etag ?? '' } });
      expect([again.status, again.headers.etag, again.body.length], address).toEqual([304, headers.etag, 0]);
    }
    const changed = { source: 'jsonl', title: 'New code', fetchedAt: '2026-01-01T00:00:00Z' };
    await ingestPapers(eventsOf([{ ...changed, arxivId: '2405.14906', upvotes: 4_321 }]), {
      writer,
    });
    for (const address of ['/api/v1/papers?tag=cs.se', '/api/v1/papers/2405.14906']) {
      const { status, body } = await ask(address, {
        headers: { 'if-none-match': firsts.get(address)?.headers.etag ?? '' },
      });
      expect([status, body.equals(firsts.get(address)?.body ?? Buffer.of())], address).toEqual([200, false]);
    }
  });

  test('a preflight response allows any origin', async () => {
    const api = openApi((await aStoreWithPapers()).file);
    expect((await api('/api/v1/papers', { method: 'OPTIONS' })).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('suggestions', () => {
  const ask = async (q: string, more = '') =>
    ApiSuggestionsSchema.strict().parse(
      await (await (await anApi())(`/api/v1/suggest?q=${encodeURIComponent(q)}${more}`)).json(),
    );

  test('suggestions include topics, authors, qualifiers and their values', async () => {
    const author = await ask('decoder author:doe');
    expect(author.suggestions[0]).toEqual({
      kind: 'author',
      value: '="Jane Doe"',
      label: 'Jane Doe',
      count: 2,
      text: 'decoder author:="Jane Doe" ',
      caret: 27,
    });
    expect((await ask('tag:cs')).suggestions[0]).toMatchObject({
      kind: 'tag',
      value: 'cs.se',
      count: 1,
      text: 'tag:cs.se ',
    });
    expect((await ask('has:co')).suggestions.map(({ value }) => value)).toEqual(['code', 'comments']);
    expect((await ask('jan')).suggestions[0]).toMatchObject({ text: 'author:="Jane Doe" ' });
    expect((await ask('aut decoder', '&at=3')).suggestions.slice(0, 2).map(({ text }) => text)).toEqual([
      'author: decoder',
      'authors: decoder',
    ]);
    expect(await ask('"in a phrase" ')).toEqual({ span: null, suggestions: [] });
    expect((await ask('jane😀', '&at=5')).suggestions).toEqual([]);
  });

  test('suggestions have the OpenSearch form for browsers', async () => {
    const response = await (await anApi())('/api/v1/suggest/opensearch?q=jane');
    expect(response.headers.get('content-type')).toMatch(/^application\/x-suggestions\+json/);
    expect(await response.json()).toEqual(['jane', ['author:="Jane Doe"'], ['Jane Doe (2)']]);
  });

  test('each suggestion leads to a query without problems', async () => {
    const api = await anApi();
    for (const q of ['jan', 'author:o', 'tag:code', 'cs', 'sort:', 'zo', 'has:']) {
      const { suggestions } = ApiSuggestionsSchema.parse(
        await (await api(`/api/v1/suggest?q=${encodeURIComponent(q)}`)).json(),
      );
      for (const { text, kind } of suggestions.filter((one) => one.kind !== 'qualifier')) {
        expect((await listOf(api, `/api/v1/papers?q=${encodeURIComponent(text)}`)).problems, `${kind} ${text}`).toEqual(
          [],
        );
      }
    }
  });
});

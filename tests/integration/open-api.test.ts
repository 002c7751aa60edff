/** The OpenAPI document is valid, and responses match it. */
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toOpenApi } from '#api/openapi/to-open-api.ts';
import { type Document, requestsOf } from '#tests/api-requests.ts';
import { openApi } from '#tests/call-api.ts';
import { createAnswerCheck } from '#tests/check-answers.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';

const document = toOpenApi('https://digest.example');

const requests = propertyRuns(400);

describe('the document', () => {
  test('an independent validator accepts the document as OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
    expect(await new Validator().validate({ ...document, info: {} })).toMatchObject({ valid: false });
  });

  test('every reference of the document resolves, and operation ids are unique', () => {
    const text = JSON.stringify(document);
    const { schemas } = document.components as { readonly schemas: object };
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(schemas)).toContain(name);
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(10);
  });

  test('the route serves the document unchanged', async () => {
    const { file } = await aStoreWithPapers();
    expect(await (await openApi(file)('/api/openapi.json')).json()).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

test('every response and error allows any origin', async () => {
  const api = openApi((await aStoreWithPapers()).file);
  for (const path of Object.keys(document.paths as object)) {
    const address = path.replace('{id}', '2405.14906');
    for (const [method, asked] of [
      ['GET', address],
      ['GET', `${address}?limit=x`],
      ['OPTIONS', address],
    ] as const) {
      const { headers } = await api(asked, { method });
      expect(headers.get('access-control-allow-origin'), `${method} ${asked}`).toBe('*');
    }
    expect((await api(address, { method: 'OPTIONS' })).headers.get('access-control-allow-methods'), path).toContain(
      'GET',
    );
  }
});

describe('the check of responses', () => {
  const check = createAnswerCheck(document);
  test('the check finds undocumented fields', () => {
    const days = { days: [{ day: '2025-12-16', count: 1, url: 'https://digest.example/papers/date/2025-12-16' }] };
    const answer = (body: object, status = 200) => ({ status, type: 'application/json', text: JSON.stringify(body) });
    expect(check('/api/v1/days', answer(days))).toBeNull();
    expect(check('/api/v1/days', answer({ days: [{ day: 1 }] }))).toMatch(/must/);
    expect(check('/api/v1/days', answer({ ...days, more: 1 }))).toMatch(/additional/);
    expect(check('/api/v1/days', answer(days, 500))).toMatch(/not described/);
  });
});

test(
  `${requests} random and hostile requests cause no server error and only documented responses`,
  async () => {
    const { file } = await aStoreWithPapers();
    const api = openApi(file);
    const check = createAnswerCheck(document);
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(requestsOf(document as unknown as Document), async ({ path, address }) => {
        const response = await api(address);
        const answer = {
          status: response.status,
          type: response.headers.get('content-type') ?? '',
          text: await response.text(),
        };
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        // An id can lead to another operation: `x/related`, `x.md`, an empty id. Its own description applies then.
        const described = pathOf(address) ?? path;
        expect(check(described, answer), `${answer.status} ${answer.text.slice(0, 300)}`).toBeNull();
      }),
      { numRuns: requests },
    );
    expect(statuses.get(200) ?? 0).toBeGreaterThan(requests / 4);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(requests / 50);
  },
  60_000 + requests * 60,
);

/** Returns the documented path that matches an address, or null. */
function pathOf(address: string): string | null {
  const path = decode(new URL(address, 'https://digest.example').pathname);
  if (/^\/api\/v1\/papers\/.+\/related$/s.test(path)) return '/api/v1/papers/{id}/related';
  if (/^\/api\/papers\/.+\.md$/s.test(path)) return '/api/papers/{id}.md';
  return null;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

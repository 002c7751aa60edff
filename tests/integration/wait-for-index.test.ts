/** Feeds and exports wait for the complete search index and take no render slot meanwhile. */
import { expect, test } from 'vitest';
import type { IndexReadiness } from '#platform/readiness.ts';
import { aFront } from '#tests/a-front.ts';

const building = { state: 'building', done: 3, total: 6 } as const;
const needsWholeIndex = [
  '/feeds/papers.atom',
  '/feeds/papers.jsonl?q=a',
  '/api/daily_papers',
  '/api/papers',
  '/api/papers/search?q=a',
  '/api/v1/palette',
];
const needsNoIndex = [
  '/papers',
  '/papers?q=a',
  '/api/v1/papers',
  '/api/papers/2405.14906',
  '/tags',
  '/feeds/topics.opml',
];

test('seventy feeds and exports wait for the index and delay no page', async () => {
  let index: IndexReadiness = building;
  const rendered: string[] = [];
  const { ask } = await aFront({
    index: () => index,
    handle: async (request, response) => {
      rendered.push(String(request.url));
      response.writeHead(200, { 'content-type': 'text/plain' }).end('made');
    },
  });
  const numbered = (path: string) =>
    Array.from({ length: 12 }, (_, n) => `${path}${path.includes('?') ? '&' : '?'}n=${n}`);
  const waiting = needsWholeIndex.flatMap(numbered).map((path) => ask(path));
  for (const path of needsNoIndex) expect((await ask(path)).body.toString()).toBe('made');
  expect(rendered).toEqual(needsNoIndex);
  index = { state: 'ok' };
  for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
});

test.each(needsWholeIndex)('%s is 503 with Retry-After after the time limit', async (path) => {
  const { ask } = await aFront({
    index: () => building,
    indexWaitMs: 20,
    handle: async (_, response) => void response.end('made'),
  });
  const { status, headers, body } = await ask(path);
  expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '10', 'no-store']);
  expect(body.toString()).toContain('3 of 6 papers');
});

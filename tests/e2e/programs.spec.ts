/** Responses to programs that depend on the running server: content negotiation, well-known addresses and caching. */
import { expect, test } from '@playwright/test';

test('the server sends a paper as Markdown by suffix or by Accept @commands', async ({ request }) => {
  const { papers } = await (await request.get('/api/v1/papers?limit=1')).json();
  const path = `/papers/${papers[0].id}`;
  const page = await request.get(path);
  expect(page.headers()['content-type']).toContain('text/html');
  expect(page.headers().vary).toMatch(/\baccept\b(?!-)/i);
  for (const [address, accept] of [
    [`${path}.md`, '*/*'],
    [path, 'text/markdown, text/html;q=0.9, */*'],
  ] as const) {
    const markdown = await request.get(address, { headers: { accept } });
    expect(markdown.headers()['content-type']).toContain('text/markdown');
    expect(markdown.headers().vary).toMatch(/\baccept\b(?!-)/i);
    expect(await markdown.text()).toMatch(/^# \S/);
  }
  for (const other of ['/papers', '/papers/trending', '/papers/date/2025-12-16']) {
    const list = await request.get(other, { headers: { accept: 'text/markdown' } });
    expect([list.status(), list.headers()['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
  }
  expect((await request.get('/papers/no-such-paper.md')).status()).toBe(404);
});

test('the well-known addresses respond with the right media types @commands', async ({ request }) => {
  for (const [address, type] of [
    ['/robots.txt', 'text/plain'],
    ['/sitemap.xml', 'application/xml'],
    ['/sitemaps/pages.xml', 'application/xml'],
    ['/sitemaps/papers-1.xml', 'application/xml'],
    ['/opensearch.xml', 'application/opensearchdescription+xml'],
    ['/llms.txt', 'text/markdown'],
    ['/.well-known/security.txt', 'text/plain'],
    ['/api/openapi.json', 'application/json'],
    ['/api', 'text/html'],
  ] as const) {
    const answer = await request.get(address);
    expect([answer.status(), answer.headers()['content-type']], address).toEqual([200, expect.stringContaining(type)]);
  }
  const { papers } = await (await request.get('/api/v1/papers?limit=1')).json();
  const image = await request.get(`/og/${papers[0].id}`);
  expect([image.status(), image.headers()['content-type']]).toEqual([200, 'image/png']);
});

test('the API responds with 304 to its entity tag @commands', async ({ request }) => {
  for (const address of ['/api/v1/papers?q=code', '/api/daily_papers', '/api/v1/tags', '/llms.txt']) {
    const first = await request.get(address);
    const again = await request.get(address, { headers: { 'if-none-match': first.headers().etag ?? '' } });
    expect([first.status(), again.status()], address).toEqual([200, 304]);
  }
});

test('`POST /mcp` calls a tool, and GET responds with 405 @commands', async ({ request }) => {
  const data = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_day', arguments: {} } };
  const answer = await (await request.post('/mcp', { data })).json();
  expect(answer.result.structuredContent.total).toBeGreaterThan(0);
  expect((await request.get('/mcp')).status()).toBe(405);
});

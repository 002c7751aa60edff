/** Tests the routes of the subscription forms: cross-site requests, the request limit, and error pages. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { Context } from '#http/routes/problem-document.ts';
import { aDigest } from '#tests/a-digest.ts';
import { root } from '#tests/ingest-load.ts';

const site = 'https://papers.example';
const own = { 'sec-fetch-site': 'same-origin' };

type Route = { POST(request: Request, context: Context): Promise<Response> };

const routeOf = (folder: string): Promise<Route> =>
  import(pathToFileURL(join(root, 'src/app', folder, 'route.ts')).href);

/** Serves the routes over a test's digest, for a client of its choice. */
async function theForms(world = aDigest()) {
  const running = { client: '192.0.2.1', sent: 0 };
  vi.resetModules();
  vi.doMock('#app/server', () => ({
    digest: () => world.digest,
    siteUrl: () => site,
    runningClient: () => running.client,
    sendSoon: () => {
      running.sent += 1;
    },
  }));
  const request = await routeOf('subscribe/request');
  const action = await routeOf('subscription/[token]/[action]');
  const toRequest = (path: string, fields: string, headers: Record<string, string>) =>
    new Request(`http://127.0.0.1:3000${path}`, {
      method: 'POST',
      body: fields,
      headers: { host: '127.0.0.1:3000', ...headers },
    });
  return {
    world,
    running,
    subscribe: (fields: string, headers: Record<string, string> = own) =>
      request.POST(toRequest('/subscribe/request', fields, headers), { params: Promise.resolve({}) }),
    press: (token: string, name: string, fields = 'page=1', headers: Record<string, string> = own) =>
      action.POST(toRequest(`/subscription/${token}/${name}`, fields, headers), {
        params: Promise.resolve({ token, action: name }),
      }),
  };
}

const address = (n: number) => `address=reader${n}@example.org&rhythm=daily&hour=7&zone=UTC`;
const html = { ...own, accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('forms', () => {
  it.each([
    ['with Sec-Fetch-Site: same-origin', { 'sec-fetch-site': 'same-origin' }],
    ['with Sec-Fetch-Site and Origin', { 'sec-fetch-site': 'same-origin', origin: site }],
    ['on plain HTTP with only Origin', { origin: 'http://127.0.0.1:3000' }],
    ['with the public origin', { origin: site }],
  ])('a form is accepted %s', async (_, headers) => {
    const { subscribe, press } = await theForms();
    expect((await subscribe(address(1), headers)).status).toBe(303);
    expect((await press('x'.repeat(43), 'pause', 'page=1', headers)).status).toBe(404);
  });

  it.each([
    ['neither field', {}],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another site of one domain', { 'sec-fetch-site': 'same-site' }],
    ['no page', { 'sec-fetch-site': 'none' }],
    ['two sites', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['another site beside its own origin', { 'sec-fetch-site': 'cross-site', origin: site }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:3001' }],
    ['a forged X-Forwarded-Host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
  ] as [string, Record<string, string>][])('a form is rejected with %s', async (_, headers) => {
    const { subscribe, press, world } = await theForms();
    expect((await subscribe(address(1), headers)).status).toBe(403);
    for (const name of ['confirm', 'change', 'pause', 'resume', 'leave', 'forget'])
      expect((await press('x'.repeat(43), name, 'page=1', headers)).status, name).toBe(403);
    expect(world.database.prepare('SELECT count(*) FROM Subscriber').pluck().get()).toBe(0);
  });

  it('one-click unsubscribe works from any origin, any number of times', async () => {
    const { press, world } = await theForms();
    const token = await world.subscribe('reader@example.org');
    const headers = { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' };
    for (let i = 0; i < 100; i++)
      expect((await press(token, 'leave', 'List-Unsubscribe=One-Click', headers)).status).toBe(200);
    expect((await press(token, 'leave', 'List-Unsubscribe=One-Click', {})).status).toBe(200);
    expect(await world.digest.open(token)).toMatchObject({ state: 'left' });
  });

  it('a client may send thirty forms an hour over all pages', async () => {
    const { subscribe, press, running, world } = await theForms();
    for (let i = 0; i < 15; i++) {
      expect((await subscribe(address(i))).status).toBe(303);
      expect((await press('x'.repeat(43), 'pause')).status).toBe(404);
    }
    expect((await subscribe('do=preview&q=draft')).status, 'looking at a filter asks for no mail').toBe(303);
    expect((await subscribe(address(16), {})).status, 'what another site sends is not counted').toBe(403);
    world.at('2025-12-15T10:59:00Z');
    for (const refused of [await subscribe(address(17)), await press('x'.repeat(43), 'forget')]) {
      expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([
        429,
        '60',
        'application/problem+json',
      ]);
      expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('try again in 1 minute.') });
    }
    running.client = '192.0.2.2';
    expect((await subscribe(address(18))).status).toBe(303);
    running.client = '192.0.2.1';
    world.at('2025-12-15T11:00:01Z');
    expect((await subscribe(address(19))).status).toBe(303);
  });

  it('a failed form responds with an HTML page to browsers', async () => {
    const { subscribe, press } = await theForms();
    for (let i = 0; i < 30; i++) await subscribe(address(i));
    const failures = [
      [429, await subscribe(address(31), html)],
      [403, await subscribe(address(31), { ...html, 'sec-fetch-site': 'cross-site' })],
      [429, await press('x'.repeat(43), 'pause', 'page=1', html)],
    ] as const;
    for (const [status, response] of failures) {
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
      expect(response.headers.get('retry-after')).toBe(status === 429 ? '3600' : null);
      expect(await response.text()).toMatch(/<h1>(?:Too many requests|Forbidden)<\/h1><p>[^<]+\.<\/p>/);
    }
  });
});

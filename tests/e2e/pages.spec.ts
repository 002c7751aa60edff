/** Every page: its content security policy, hydration and conditional requests. */
import { awaitHydration, expect, test } from './test.ts';

const cacheablePaths = [
  '/',
  '/papers',
  '/papers?q=decoder',
  '/papers/trending',
  '/papers/week/2025-W51',
  '/papers/nothing',
  '/tags',
  '/library',
  '/api',
];
const uncachedPaths = ['/status', '/subscribe', '/outbox?key=e2e', '/nowhere'];

for (const path of [...cacheablePaths, ...uncachedPaths]) {
  test(`${path} hydrates under a policy that allows only its own scripts`, async ({ page }) => {
    const response = await page.goto(path);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self'(?: 'sha256-[\w+/]{43}=')+;/);
    expect(policy).not.toContain('unsafe');
    await awaitHydration(page);
  });
}

for (const path of cacheablePaths.filter((path) => path !== '/papers/nothing')) {
  test(`${path} responds with 304 to its entity tag`, async ({ request }) => {
    const first = await request.get(path);
    const { etag = '', 'cache-control': cacheControl } = first.headers();
    expect(cacheControl).toBe('no-cache');
    const again = await request.get(path, { headers: { 'if-none-match': etag } });
    expect([again.status(), (await again.body()).length]).toEqual([304, 0]);
    expect((await request.head(path)).headers()['content-length']).toBe(first.headers()['content-length']);
  });
}

test('Trusted Types block injected HTML and scripts', async ({ browser, baseURL }) => {
  // The fixture's page fails on console errors, and each blocked attempt logs one. So this test opens its own page.
  const page = await browser.newPage();
  await page.goto(`${baseURL}/papers`);
  await awaitHydration(page);
  const outcomes = await page.evaluate(() => {
    const attempts: readonly (() => void)[] = [
      () => document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = 1">'),
      () => new DOMParser().parseFromString('<p>', 'text/html'),
      () => Object.assign(document.createElement('script'), { src: '/api/v1/papers' }),
      () => Object.assign(document.createElement('script'), { src: 'https://papers.example/_next/static/a.js' }),
      () => Object.assign(document.createElement('script'), { text: 'document.title = 2' }),
      () => setTimeout('document.title = 3'),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return 'done';
      } catch (error) {
        return String(error).split(':')[0];
      }
    });
  });
  await page.close();
  expect(outcomes).toEqual(Array.from({ length: 6 }, () => 'TypeError'));
});

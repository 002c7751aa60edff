/** Every page as it is sent: only its own scripts may run, it wakes up, and a browser that has it is not sent it again. */
import { awaken, expect, test } from './test.ts';

const kept = [
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
const alone = ['/status', '/subscribe', '/outbox?key=e2e', '/nowhere'];

for (const path of [...kept, ...alone]) {
  test(`${path} runs its own scripts and no other`, async ({ page }) => {
    const response = await page.goto(path);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self'(?: 'sha256-[\w+/]{43}=')+;/);
    expect(policy).not.toContain('unsafe');
    await awaken(page);
  });
}

for (const path of kept.filter((one) => one !== '/papers/nothing')) {
  test(`${path} is sent once`, async ({ request }) => {
    const first = await request.get(path);
    const { etag = '', 'cache-control': cacheControl } = first.headers();
    expect(cacheControl).toBe('no-cache');
    const again = await request.get(path, { headers: { 'if-none-match': etag } });
    expect([again.status(), (await again.body()).length]).toEqual([304, 0]);
    expect((await request.head(path)).headers()['content-length']).toBe(first.headers()['content-length']);
  });
}

test('markup and scripts that others planted do nothing', async ({ browser, baseURL }) => {
  // Another page than the one whose console must stay silent: each refusal is a line there.
  const page = await browser.newPage();
  await page.goto(`${baseURL}/papers`);
  await awaken(page);
  const refused = await page.evaluate(() => {
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
  expect(refused).toEqual(Array.from({ length: 6 }, () => 'TypeError'));
});

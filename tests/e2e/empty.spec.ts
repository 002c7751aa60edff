/** The pages of an empty store. */
import { expect, readTotal, test } from './test.ts';

test('every list of an empty store shows the command that fills it @empty', async ({ page }) => {
  for (const path of [
    '/',
    '/papers',
    '/papers?q=word',
    '/papers/trending',
    '/papers/date/2025-12-16',
    '/papers/week/2025-W51',
    '/papers/month/2025-12',
  ]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(200);
    expect(await readTotal(page), path).toBe(0);
    await expect(page.locator('.empty'), path).toContainText('npm run ingest -- listing FILE');
  }
});

test('the other pages render with an empty store @empty', async ({ page }) => {
  expect((await page.goto('/tags'))?.status()).toBe(200);
  expect((await page.goto('/library'))?.status()).toBe(200);
  expect((await page.goto('/papers/no-such-paper'))?.status()).toBe(404);
});

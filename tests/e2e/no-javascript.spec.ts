/** Reading, searching and filtering without JavaScript. */
import { expect, openFilters, readTotal, test } from './test.ts';

test('reading, searching, filtering and paging work without JavaScript @no-js', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('article[data-paper-id]')).toHaveCount(35);
  await page.getByRole('searchbox').fill('decoder-only');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/\/papers\?q=decoder-only$/);
  const found = await readTotal(page);
  await openFilters(page);
  await page.getByRole('textbox', { name: 'Number of authors' }).fill('1..4');
  await page.getByRole('button', { name: 'Filter the list' }).click();
  await expect(page).toHaveURL(/q=decoder-only.*authors=1\.\.4/);
  expect(await readTotal(page)).toBeLessThan(found);
  await page.getByText('Sorted by relevance').click();
  await page.getByRole('link', { name: 'Oldest' }).click();
  await expect(page).toHaveURL(/sort=old/);
  await page.locator('article').first().getByText('More', { exact: true }).click();
  await page.locator('.card-title a').first().click();
  await expect(page.getByRole('heading', { name: 'Cite' })).toBeVisible();
});

test('a missing page responds with 404 and a message without JavaScript @no-js', async ({ page }) => {
  for (const path of ['/papers/no-such-paper', '/papers/date/2025-02-30', '/no/such/page']) {
    expect((await page.goto(path))?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not in this digest');
  }
});

test('controls that need JavaScript are hidden, and a note says so @no-js', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Theme' })).toHaveCount(0);
  await expect(page.locator('footer noscript p')).toBeVisible();
  await page.goto('/library');
  await expect(page.locator('main noscript p')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
});

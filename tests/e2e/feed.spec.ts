/** Lists of days, weeks and months, days without papers, and pages of long lists. */
import { expect, readPapers, readTotal, test } from './test.ts';

test('the front page shows all papers of the latest day in the order of the listing', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tuesday, 16 December 2025');
  const papers = await readPapers(page);
  expect(papers).toHaveLength(35);
  expect(await readTotal(page)).toBe(35);
  expect(new Set(papers.map((paper) => paper.id)).size).toBe(35);
  expect(papers[0]?.text).toMatch(/^CodeT5: /);
  expect(papers.filter((paper) => paper.authors !== null && paper.year !== null)).toHaveLength(33);
  await expect(page.locator('[data-total]')).toHaveCount(1);
});

test('the day, week and month of the only listing show the same papers', async ({ page }) => {
  const ids = async (path: string) => {
    await page.goto(path);
    return (await readPapers(page)).map((paper) => paper.id);
  };
  const day = await ids('/papers/date/2025-12-16');
  expect(day).toHaveLength(35);
  for (const path of ['/papers/week/2025-W51', '/papers/month/2025-12']) {
    expect(await ids(path)).toEqual(day.slice(0, 30));
    expect(await ids(`${path}?page=2`)).toEqual(day.slice(30));
  }
});

test('a day links to its week and month, and the calendar links back', async ({ page }) => {
  await page.goto('/papers/date/2025-12-16');
  await page.getByRole('link', { name: 'Week', exact: true }).click();
  await expect(page).toHaveURL(/\/papers\/week\/2025-W51$/);
  await page.getByRole('link', { name: 'Month', exact: true }).click();
  await expect(page).toHaveURL(/\/papers\/month\/2025-12$/);
  const fold = page.locator('.fold > summary');
  if (await fold.isVisible()) await fold.click();
  await page.getByRole('link', { name: '16 , 35 papers' }).click();
  await expect(page).toHaveURL(/\/papers\/date\/2025-12-16$/);
});

test('a day without papers responds with 200, the reason and a link to the nearest day with papers', async ({
  page,
}) => {
  const response = await page.goto('/papers/date/2025-12-20');
  expect(response?.status()).toBe(200);
  expect(await readTotal(page)).toBe(0);
  await expect(page.locator('.empty')).toHaveText(/\w+ .*\.$/);
  await page.locator('[data-key="["]').click();
  await expect(page).toHaveURL(/\/papers\/date\/2025-12-16$/);
});

test('a missing page responds with 404 and links to existing pages', async ({ page }) => {
  for (const path of [
    '/papers/date/2025-02-30',
    '/papers/date/yesterday',
    '/papers/week/2025-W54',
    '/papers/month/2025-13',
    '/papers/no-such-paper',
    '/papers/9999.99999',
    '/tags/no-such-topic',
    '/authors/No One At All',
    '/no/such/page',
  ]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('Not in this digest');
    await expect(page.getByRole('main').getByRole('link', { name: 'latest day' }), path).toHaveAttribute('href', '/');
    await expect(page.getByRole('link', { name: '16 , 35 papers' }), path).toBeVisible();
  }
});

test('an invalid parameter is reported above the unfiltered list', async ({ page }) => {
  const response = await page.goto('/papers?authors=many');
  expect(response?.status()).toBe(200);
  await expect(page.locator('.notes')).toContainText(/authors/i);
  expect(await readTotal(page)).toBe(35);
});

test('the pages of a long list neither repeat nor miss a paper', async ({ page }) => {
  await page.goto('/papers');
  const first = (await readPapers(page)).map((paper) => paper.id);
  expect(first).toHaveLength(30);
  await page.getByRole('link', { name: 'Next →' }).click();
  await expect(page).toHaveURL(/page=2/);
  const second = (await readPapers(page)).map((paper) => paper.id);
  expect(new Set([...first, ...second]).size).toBe(35);
});

test('“More” expands an abstract in the list', async ({ page }) => {
  await page.goto('/');
  const card = page.locator('article').nth(1);
  const abstract = card.locator('.abstract');
  const folded = (await abstract.boundingBox())?.height ?? 0;
  await card.getByText('More', { exact: true }).click();
  expect((await abstract.boundingBox())?.height).toBeGreaterThan(folded * 1.5);
  await card.getByText('Less', { exact: true }).click();
  expect((await abstract.boundingBox())?.height).toBe(folded);
});

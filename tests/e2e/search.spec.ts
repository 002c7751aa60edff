/** Search and filters. The expected papers are picked from the texts on the front page. */
import type { Page } from '@playwright/test';
import { expect, openFilters, readPapers, readTotal, type SeenPaper, test } from './test.ts';

const isDecoderOnly = (paper: SeenPaper) => /decoder[- ]only/i.test(paper.text);
const hasFewAuthors = (paper: SeenPaper) => paper.authors !== null && paper.authors >= 1 && paper.authors <= 3;
const isOf2024 = (paper: SeenPaper) => paper.year === 2024;
const isOnPreTraining = (paper: SeenPaper) => paper.topics.includes('Pre-training');

/** Returns the ids of the front page's papers that match a predicate. */
async function pick(page: Page, matches: (paper: SeenPaper) => boolean): Promise<string[]> {
  await page.goto('/');
  const ids = (await readPapers(page)).filter(matches).map((paper) => paper.id);
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.length).toBeLessThan(35);
  return ids.sort();
}

/** Returns the ids of all full matches of a list that fits one page. */
async function listed(page: Page): Promise<string[]> {
  const total = await readTotal(page);
  return (await readPapers(page))
    .slice(0, total)
    .map((paper) => paper.id)
    .sort();
}

test('a search finds the papers with all words', async ({ page }) => {
  const expected = await pick(page, isDecoderOnly);
  await page.getByRole('combobox', { name: 'Search papers' }).fill('decoder-only');
  await page.getByRole('combobox', { name: 'Search papers' }).press('Enter');
  await expect(page).toHaveURL(/\/papers\?q=decoder-only$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Papers');
  expect(await listed(page)).toEqual(expected);
  await expect(page.locator('article mark').first()).toHaveText(/decoder/i);
});

test('live results and Enter show the same list', async ({ page }) => {
  await page.goto('/papers?q=mamba');
  const byEnter = await listed(page);
  await page.goto('/papers');
  // Before hydration the page ignores keystrokes.
  await expect(async () => {
    await page.getByRole('combobox', { name: 'Search papers' }).fill('');
    await page.getByRole('combobox', { name: 'Search papers' }).pressSequentially('mamba', { delay: 30 });
    await expect(page).toHaveURL(/\/papers\?q=mamba$/, { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('listitem').filter({ hasText: 'Remove: mamba' })).toBeVisible();
  expect(await listed(page)).toEqual(byEnter);
  await expect(page.getByRole('combobox', { name: 'Search papers' })).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Search papers' })).toHaveValue('mamba');
});

test('the filter form finds papers with one to three authors', async ({ page }) => {
  const expected = await pick(page, hasFewAuthors);
  await page.goto('/papers');
  await openFilters(page);
  await page.getByRole('textbox', { name: 'Number of authors' }).fill('1..3');
  await page.getByRole('button', { name: 'Filter the list' }).click();
  await expect(page).toHaveURL(/authors=1\.\.3/);
  expect(await listed(page)).toEqual(expected);
});

test('a bar of the histogram filters by year', async ({ page }) => {
  const expected = await pick(page, isOf2024);
  await page.goto('/papers');
  await openFilters(page);
  await page.getByRole('link', { name: `2024: ${expected.length}` }).click();
  await expect(page).toHaveURL(/published=2024/);
  expect(await listed(page)).toEqual(expected);
});

test('a topic in the sidebar can be included and excluded', async ({ page }) => {
  const expected = await pick(page, isOnPreTraining);
  await page.goto('/papers');
  await openFilters(page);
  await page
    .locator('.facet')
    .getByRole('link', { name: /^Pre-training/ })
    .click();
  await expect(page).toHaveURL(/tag=pretraining/);
  expect(await listed(page)).toEqual(expected);
  await page.goto('/papers');
  await openFilters(page);
  await page.getByRole('link', { name: 'Leave out Pre-training' }).click();
  await expect(page).toHaveURL(/tag=-pretraining/);
  expect(await readTotal(page)).toBe(35 - expected.length);
});

test('filters combine, and each chip removes one', async ({ page }) => {
  await page.goto('/');
  const all = await readPapers(page);
  const filters = [isDecoderOnly, (paper: SeenPaper) => paper.authors !== null && paper.authors <= 6, isOf2024];
  const expected = all.filter((paper) => filters.every((filter) => filter(paper)));
  const topic = expected[0]?.topics[0] ?? '';
  const both = expected.filter((paper) => paper.topics.includes(topic)).map((paper) => paper.id);
  await page.goto('/papers?q=decoder-only&authors=1..6&published=2024');
  expect(await readTotal(page)).toBe(expected.length);
  await openFilters(page);
  await page.locator('.facet').getByRole('link').filter({ hasText: topic }).first().click();
  expect(await listed(page)).toEqual(both.sort());
  const chips = page.getByRole('list', { name: 'Active filters' }).getByTitle('Remove this filter');
  for (let left = 4; left > 0; left--) {
    await expect(chips).toHaveCount(left);
    await chips.first().click();
  }
  await expect(chips).toHaveCount(0);
  expect(await readTotal(page)).toBe(35);
});

for (const path of ['/papers', '/papers?q=decoder-only', '/?has=code']) {
  test(`every count in the sidebar of ${path} equals the total of the linked list`, async ({ page, request }) => {
    await page.goto(path);
    const bars = await page.locator('.histogram a').evaluateAll((links) =>
      links.map((link) => ({
        href: link.getAttribute('href') ?? '',
        count: Number(/: (\d+)$/.exec(link.getAttribute('aria-label') ?? '')?.[1]),
      })),
    );
    const rows = await page.locator('.facet li').evaluateAll((items) =>
      items.map((item) => ({
        href: item.querySelector('a')?.getAttribute('href') ?? '',
        count: Number(item.querySelector('.count')?.textContent),
      })),
    );
    // The link of an active filter removes the filter, so its list has another total.
    const counts = [...bars, ...rows.slice(0, 12), ...rows.slice(-1)].filter(
      ({ href }) => !path.includes('has=code') || href.includes('has=code'),
    );
    expect(counts.length).toBeGreaterThan(15);
    for (const { href, count } of counts) {
      const html = await (await request.get(href)).text();
      expect(Number(/data-total="(\d+)"/.exec(html)?.[1]), href).toBe(count);
    }
  });
}

test('a misspelt word gets a suggestion', async ({ page }) => {
  await page.goto('/papers?q=trasnformer');
  expect(await readTotal(page)).toBe(0);
  await page
    .locator('.notes')
    .getByRole('link', { name: /transformer/ })
    .first()
    .click();
  await expect(page).toHaveURL(/q=transformer/);
  expect(await readTotal(page)).toBeGreaterThan(0);
});

test('the API suggests a correction with its number of papers', async ({ request }) => {
  const listOf = async (q: string) =>
    (await (await request.get(`/api/v1/papers?${new URLSearchParams({ q })}`)).json()) as Answer;
  type Answer = {
    readonly total: number;
    readonly didYouMean: readonly { readonly q: string; readonly total: number }[];
  };
  const { total, didYouMean } = await listOf('trasnformer authors:..40');
  expect(total).toBe(0);
  expect(didYouMean[0]?.q).toBe('transformer authors:..40');
  for (const { q, total: promised } of didYouMean) expect((await listOf(q)).total, q).toBe(promised);
});

test('partial matches follow full matches', async ({ page }) => {
  await page.goto('/papers?q=decoder+mamba');
  const total = await readTotal(page);
  const partial = Number(await page.locator('[data-total]').getAttribute('data-partial'));
  expect(total).toBeGreaterThan(0);
  expect(partial).toBeGreaterThan(0);
  const papers = await readPapers(page);
  expect(papers.slice(0, total).every((paper) => /decod/i.test(paper.text) && /mamba/i.test(paper.text))).toBe(true);
  expect(papers.slice(total).some((paper) => /decod/i.test(paper.text) && /mamba/i.test(paper.text))).toBe(false);
});

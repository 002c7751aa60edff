/** The search box and the query builder: suggestions, live results, corrections and browser history. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { awaitHydration, expect, readPapers, readTotal, test } from './test.ts';

const boxOf = (page: Page) => page.getByRole('combobox', { name: 'Search papers' });
const optionsOf = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
const idsOf = async (page: Page) => (await readPapers(page)).slice(0, await readTotal(page)).map(({ id }) => id);

test('one click corrects misspelt words and keeps two filters', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  const known = (await readPapers(page)).filter(({ text }) => /speculative/i.test(text) && /decod/i.test(text));
  const authors = Math.min(...known.map((paper) => paper.authors ?? 99));
  const year = known.find((paper) => paper.authors === authors)?.year;
  const wanted = known.filter((paper) => paper.authors === authors && paper.year === year).map(({ id }) => id);
  expect(wanted.length).toBeGreaterThan(0);
  await boxOf(page).pressSequentially(`speculatve decodng authors:..${authors} published:${year}`);
  await page
    .locator('.notes')
    .getByRole('link', { name: /^speculative decoding/ })
    .click();
  await expect(page).toHaveURL(new RegExp(`authors=\\.\\.${authors}&published=${year}$`));
  expect((await idsOf(page)).sort()).toEqual(wanted.sort());
});

test('the keyboard selects, completes and closes suggestions', async ({ page }) => {
  await page.goto('/papers');
  await awaitHydration(page);
  const box = boxOf(page);
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await box.pressSequentially('publ');
  await expect(optionsOf(page).first()).toHaveText(/^published:/);
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByText(/^\d+ suggestions?: the/)).toBeAttached();
  await box.press('ArrowDown');
  await expect(optionsOf(page).first()).toHaveAttribute('aria-selected', 'true');
  expect(await box.getAttribute('aria-activedescendant')).toBe(await optionsOf(page).first().getAttribute('id'));
  await box.press('Enter');
  await expect(box).toHaveValue('published:');
  // Tab completes a fixed value, and the list has updated.
  await expect(optionsOf(page).first()).toHaveText(/^2024/);
  await box.press('ArrowDown');
  await box.press('Tab');
  await expect(box).toHaveValue('published:2024 ');
  await expect(box).toBeFocused();
  await expect(page.getByText('Remove: published 2024')).toBeAttached();
  await box.pressSequentially('ha');
  await expect(optionsOf(page).first()).toHaveText(/^has:/);
  await box.press('ArrowUp');
  await expect(optionsOf(page).last()).toHaveAttribute('aria-selected', 'true');
  await box.press('Escape');
  await expect(optionsOf(page)).toHaveCount(0);
  await expect(box).toHaveValue('published:2024 ha');
  await box.press('ArrowDown');
  await expect(optionsOf(page).first()).toBeVisible();
  // No suggestion is active: Tab moves the focus, Enter searches.
  await box.press('Tab');
  await expect(box).not.toBeFocused();
  await expect(optionsOf(page)).toHaveCount(0);
});

test('a click on a suggested topic shows the papers of the topic', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  await boxOf(page).pressSequentially('pre-tr');
  const topic = optionsOf(page).filter({ hasText: 'Pre-training' });
  const count = Number(/(\d+)$/.exec((await topic.textContent()) ?? '')?.[1]);
  await topic.click();
  await expect(boxOf(page)).toHaveValue('tag:pretraining ');
  await expect(boxOf(page)).toBeFocused();
  await expect(page).toHaveURL(/q=tag(?::|%3A)pretraining/);
  await expect(page.locator('[data-total]')).toHaveAttribute('data-total', String(count));
});

test('an author is completed in quotes, and a stale response is ignored', async ({ page }) => {
  // The papers of `seeds/` have no authors' names, so the test mocks the API's responses.
  await page.route('**/api/v1/suggest?*', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? '';
    const typed = q.replace('author:', '');
    if (typed === 'ja') await new Promise((resolve) => setTimeout(resolve, 800));
    const name = `Jane ${typed.toUpperCase()}`;
    const text = `author:="${name}" `;
    await route.fulfill({
      json: {
        span: null,
        suggestions: [{ kind: 'author', value: name, label: name, count: 2, text, caret: text.length }],
      },
    });
  });
  await page.goto('/papers');
  await awaitHydration(page);
  const requestedQueries = page.waitForRequest((request) => request.url().endsWith('author%3Aja&at=9'));
  await boxOf(page).pressSequentially('author:ja');
  await requestedQueries;
  await boxOf(page).pressSequentially('n');
  await expect(optionsOf(page)).toHaveText(/Jane JAN\s*author, 2/);
  await page.waitForTimeout(900);
  await expect(optionsOf(page)).toHaveText(/Jane JAN/);
  await boxOf(page).press('ArrowDown');
  await boxOf(page).press('Enter');
  await expect(boxOf(page)).toHaveValue('author:="Jane JAN" ');
  await expect(page.getByText('Remove: by Jane JAN')).toBeAttached();
});

test('total and facets update during input, the caret stays, and Enter shows the same list', async ({ page }) => {
  await page.goto('/papers?q=mamba+linear');
  const byEnter = await idsOf(page);
  const bars = await page.locator('.histogram').first().textContent();
  await page.goto('/papers?q=linear');
  await awaitHydration(page);
  const box = boxOf(page);
  await box.press('Home');
  await box.pressSequentially('mamba ', { delay: 60 });
  await expect(page).toHaveURL(/q=mamba\+linear$/);
  await expect.poll(() => idsOf(page)).toEqual(byEnter);
  expect(await page.locator('.histogram').first().textContent()).toBe(bars);
  await expect(box).toBeFocused();
  expect(await box.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe('mamba '.length);
  await box.press('Enter');
  await expect(page).toHaveURL(/q=mamba\+linear$/);
  expect(await idsOf(page)).toEqual(byEnter);
});

test('slow responses neither empty the list nor replace a newer one', async ({ page }) => {
  await page.goto('/papers?q=linear+mamba');
  const byEnter = await idsOf(page);
  await page.goto('/papers?q=linear');
  await awaitHydration(page);
  const asked: string[] = [];
  await page.route('**/papers?*', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? '';
    asked.push(q);
    await new Promise((resolve) => setTimeout(resolve, q === 'linear mamba' ? 300 : 1500));
    await route.continue().catch(() => undefined); // The request was aborted.
  });
  const fewest = await page.evaluateHandle(() => {
    const counted = { papers: Number.POSITIVE_INFINITY };
    const count = () => {
      counted.papers = Math.min(counted.papers, document.querySelectorAll('[data-paper-id]').length);
    };
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
    return counted;
  });
  await boxOf(page).press('End');
  await boxOf(page).pressSequentially(' mamba', { delay: 250 });
  await expect(page).toHaveURL(/q=linear\+mamba$/);
  await expect.poll(() => idsOf(page)).toEqual(byEnter);
  expect(new Set(asked).size).toBeGreaterThan(1);
  await page.waitForTimeout(2000);
  await expect(page).toHaveURL(/q=linear\+mamba$/);
  expect(await idsOf(page)).toEqual(byEnter);
  expect(await fewest.evaluate(({ papers }) => papers)).toBeGreaterThan(0);
});

test('Back undoes a whole search, and Enter ends a search', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  const box = boxOf(page);
  await box.pressSequentially('mamba', { delay: 250 });
  await expect(page).toHaveURL(/q=mamba$/);
  await box.press('Enter');
  await box.pressSequentially(' linear', { delay: 250 });
  await expect(page).toHaveURL(/q=mamba\+linear$/);
  await page.goBack();
  await expect(page).toHaveURL(/q=mamba$/);
  await expect(box).toHaveValue('mamba');
  await expect(page.getByText('Remove: linear')).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await expect(box).toHaveValue('');
  await page.goForward();
  await expect(box).toHaveValue('mamba');
});

test('a repeated query error is shown once, and disappears when it is fixed', async ({ page }) => {
  await page.goto('/papers');
  await awaitHydration(page);
  await boxOf(page).fill('authors:x authors:x');
  await expect(page.locator('.notes p')).toHaveText([
    '“authors:x” was left out: authors takes a number or a range such as 3, 2..5, 10.., ..5, >=10 or <3.',
  ]);
  await boxOf(page).fill('mamba OR');
  await expect(page.locator('.notes p')).toHaveText(['OR joins two terms; one of them is missing in “mamba OR”.']);
});

test('the list reports the omitted part of a query that is too long', async ({ page }) => {
  await page.goto('/papers');
  await awaitHydration(page);
  await boxOf(page).focus();
  await page.keyboard.insertText(`${'mamba '.repeat(100)}the end`);
  await expect(page.locator('.notes')).toContainText('Only the first 500 characters are searched for, without “');
  expect(await readTotal(page)).toBeGreaterThan(0);
});

test('suggestions and query builder are accessible, in light and dark', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/papers');
  await awaitHydration(page);
  await page.getByText('Refine the search').click();
  await boxOf(page).fill('a');
  await expect(optionsOf(page).nth(1)).toBeVisible();
  await boxOf(page).press('ArrowDown');
  const axe = () => new AxeBuilder({ page }).include('.search-place').include('.builder');
  const found = (await axe().analyze()).violations;
  // The dark scheme differs only in colours.
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await axe().withRules(['color-contrast']).analyze()).violations);
  expect(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  await expect(optionsOf(page).first()).toHaveAttribute('aria-selected', 'true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('the query builder updates the query during input', async ({ page }) => {
  await page.goto('/papers?q=mamba');
  await awaitHydration(page);
  await page.getByText('Refine the search').click();
  const all = page.getByLabel('All of these words');
  await expect(all).toHaveValue('mamba');
  await all.fill('decoder');
  await page.getByLabel('None of these words').fill('mamba');
  await page.getByRole('group', { name: 'Number of authors' }).getByLabel('to').pressSequentially('3');
  await expect(page).toHaveURL('/papers?q=decoder+-mamba&authors=..3');
  await expect(page.getByText('As one types it')).toContainText('decoder -mamba authors:..3');
  await expect(boxOf(page)).toHaveValue('decoder -mamba');
  await expect(page.getByRole('group', { name: 'Number of authors' }).getByLabel('to')).toBeFocused();
  expect((await readPapers(page)).every(({ authors }) => authors !== null && authors <= 3)).toBe(true);
  // The builder shows the query of the search box.
  await boxOf(page).fill('"language model"');
  await expect(page).toHaveURL(/q=%22language\+model%22&authors=\.\.3$/);
  await expect(page.getByLabel('This exact phrase')).toHaveValue('language model');
  await page.getByRole('group', { name: 'Number of authors' }).getByLabel('from').fill('9');
  await expect(page.locator('.notes')).toContainText('“9..3” means nothing');
});

test('query builder and search box work without JavaScript @no-js', async ({ page }) => {
  await page.goto('/papers');
  await expect(page.getByRole('searchbox', { name: 'Search papers' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Search papers' })).toHaveCount(0);
  await page.getByText('Refine the search').click();
  await page.getByLabel('This exact phrase').fill('language model');
  await page.getByLabel('Any of these words').fill('decoder encoder');
  await page.getByRole('group', { name: 'Published' }).getByLabel('from').fill('2023');
  await page.getByRole('group', { name: 'Published' }).getByLabel('to').fill('2024');
  await page.getByRole('button', { name: 'Show these papers' }).click();
  await expect(page).toHaveURL('/papers?q=%22language+model%22+decoder+OR+encoder&published=2023..2024');
  expect(await readTotal(page)).toBeGreaterThan(0);
  expect((await readPapers(page)).every(({ year }) => year === 2023 || year === 2024)).toBe(true);
  await page.getByText('Refine the search').click();
  await expect(page.getByLabel('This exact phrase')).toHaveValue('language model');
  await expect(page.getByLabel('Any of these words')).toHaveValue('decoder encoder');
});

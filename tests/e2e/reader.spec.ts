/** Client-side features: shortcuts, flags, library, command palette, theme and density. */
import { readFile } from 'node:fs/promises';
import { awaitHydration, expect, readPapers, test } from './test.ts';

test('shortcuts move through the list, open and flag papers, and open search and help', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  const titles = page.locator('.card-title a');
  await page.keyboard.press('j');
  await expect(titles.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(titles.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(titles.nth(0)).toBeFocused();
  const first = page.locator('article').first();
  await page.keyboard.press('s');
  await expect(first.getByRole('button', { name: 'Saved' })).toBeVisible();
  await page.keyboard.press('m');
  await expect(first.getByRole('button', { name: 'Read', exact: true })).toBeVisible();
  await page.keyboard.press('x');
  await expect(first.locator('.abstract')).toBeHidden();
  await page.keyboard.press('x');
  await expect(first.locator('.abstract')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search papers' })).toBeFocused();
  await page.keyboard.type('j');
  await expect(page.getByRole('combobox', { name: 'Search papers' })).toHaveValue('j');
  await page.goto('/');
  await awaitHydration(page);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^CodeT5/);
  await awaitHydration(page);
  await page.keyboard.press(']');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Future Token Prediction/);
  await awaitHydration(page);
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await expect(page).toHaveURL(/\/$/);
});

test('`v` opens the original in a new tab', async ({ page, context }) => {
  await context.route('https://github.com/**', (route) => route.fulfill({ body: 'the code' }));
  await page.goto('/');
  await awaitHydration(page);
  await page.keyboard.press('j');
  const opened = context.waitForEvent('page');
  await page.keyboard.press('v');
  expect((await opened).url()).toBe('https://github.com/salesforce/CodeT5');
});

test('shortcuts ignore keys with modifiers, and the reader can turn them off', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  await page.keyboard.press('Control+j');
  await expect(page.locator('.card-title a').first()).not.toBeFocused();
  await page.keyboard.press('?');
  await page.getByLabel('Single keys work on this browser').uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('j');
  await expect(page.locator('.card-title a').first()).not.toBeFocused();
});

test('saved, read and hidden papers persist, and can be exported and imported', async ({ page }, info) => {
  await page.goto('/');
  await awaitHydration(page);
  const [first, second, third] = await readPapers(page);
  const card = (id = '') => page.locator(`article[data-paper-id="${id}"]`);
  await card(first?.id).getByRole('button', { name: 'Save' }).click();
  await card(second?.id).getByRole('button', { name: 'Mark read' }).click();
  await card(third?.id).getByRole('button', { name: 'Hide' }).click();
  await expect(card(third?.id).getByRole('link').first()).toBeFocused();
  await page.reload();
  await expect(card(first?.id).getByRole('button', { name: 'Saved' })).toBeVisible();
  await expect(card(third?.id).locator('.abstract')).toBeHidden();

  await page.goto('/library');
  const section = (name: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) });
  await expect(section('Saved').getByRole('listitem')).toHaveText(/^CodeT5.*4 authors/);
  await expect(section('Read').getByRole('listitem')).toHaveText(/^Future Token Prediction/);
  await expect(section('Hidden').getByRole('listitem')).toHaveText(/^Decoder-Only LLMs/);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = info.outputPath('library.json');
  await (await download).saveAs(file);
  expect(Object.keys(JSON.parse(await readFile(file, 'utf8')))).toEqual(['saved', 'read', 'hidden']);

  await section('Saved').getByRole('button', { name: 'Remove' }).click();
  await expect(section('Saved').getByRole('listitem')).toHaveCount(0);
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('1 mark added.')).toBeVisible();
  await expect(section('Saved').getByRole('listitem')).toHaveText(/^CodeT5/);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('[1]') });
  await expect(page.getByText('other.json is no library of a Paper Digest.')).toBeVisible();
});

test('the command palette opens a paper, a topic and a page', async ({ page }) => {
  for (const [typed, kind, address] of [
    ['codt5 identifier', 'paper', /\/papers\/codet5-/],
    ['large langage models', 'topic', /\/tags\/large-language-models$/],
    ['library', 'page', /\/library$/],
  ] as const) {
    await page.goto('/');
    await awaitHydration(page);
    await page.keyboard.press('Control+k');
    const box = page.getByRole('dialog').getByRole('combobox');
    await expect(box).toBeFocused();
    await box.fill(typed);
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
    // The last entry is the full search. It appears before the others are loaded.
    await expect(page.getByRole('option').first().locator('.kind')).toHaveText(kind);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(address);
  }
});

test('theme and density persist and apply before the first paint', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await awaitHydration(page);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Theme: auto' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  await page.getByRole('button', { name: 'Density: comfortable' }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  // With Next's scripts blocked, only `preferences.js` can apply them.
  await page.route('**/_next/**/*.js', (route) => route.abort());
  const reloaded = await page.context().newPage();
  await reloaded.route('**/_next/**/*.js', (route) => route.abort());
  await reloaded.goto('/');
  expect(await reloaded.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({
    theme: 'dark',
    density: 'compact',
  });
  expect(await reloaded.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(dark);
});

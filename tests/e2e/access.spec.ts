/** Accessibility of every page, light and dark: no axe violations, no horizontal scrolling and no layout shift. */
import AxeBuilder from '@axe-core/playwright';
import { awaitHydration, expect, openFilters, test } from './test.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Returns axe's violations on the page, or in a part of it. */
async function violations(axe: AxeBuilder): Promise<string[]> {
  const results = await axe.analyze();
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

const pages = {
  'the front page': '/',
  'a search': '/papers?q=decoder+mamba&authors=1..6',
  'a search without matches': '/papers?q=trasnformer',
  'a bad parameter': '/papers?authors=many',
  'the second page': '/papers?page=2',
  trending: '/papers/trending',
  'a week': '/papers/week/2025-W51',
  'a day without papers': '/papers/date/2025-12-20',
  'a paper': '/papers/codet5-identifier-aware-unified-pre-trained-encoder-decoder-models-for-code',
  topics: '/tags',
  'a topic': '/tags/large-language-models',
  'the library': '/library',
  'the API': '/api',
  'a missing page': '/papers/date/2025-02-30',
} as const;

for (const [name, path] of Object.entries(pages)) {
  test(`${name} is accessible and does not scroll horizontally`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path);
    await awaitHydration(page);
    if (await page.locator('.panel').count()) await openFilters(page);
    expect(await violations(new AxeBuilder({ page }).withTags(standards))).toEqual([]);
    // The dark scheme differs only in colours.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await violations(new AxeBuilder({ page }).withRules(['color-contrast']))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}

test('the palette and the help are accessible', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('decoder');
  await expect(page.getByRole('option').nth(1)).toBeVisible();
  expect(await violations(new AxeBuilder({ page }).include('dialog[open]'))).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations(new AxeBuilder({ page }).include('dialog[open]'))).toEqual([]);
});

test('flags from an earlier visit cause no layout shift during hydration', async ({ page }) => {
  await page.goto('/');
  await awaitHydration(page);
  await page.locator('article').nth(0).getByRole('button', { name: 'Hide' }).click();
  await page.locator('article').nth(1).getByRole('button', { name: 'Mark read' }).click();
  await page.goto('/papers/trending');
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        const target = window as unknown as { shift: number };
        if (!entry.hadRecentInput) target.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/');
  await expect(page.locator('article').nth(1).getByRole('button', { name: 'Read', exact: true })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.02);
});

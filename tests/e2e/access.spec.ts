/** For every eye and hand: no axe violation, no sideways scrolling, nothing that jumps, on every page in light and dark. */
import AxeBuilder from '@axe-core/playwright';
import { awaken, expect, openFilters, test } from './test.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page, or in one part of it. */
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
  'what is missing': '/papers/date/2025-02-30',
} as const;

for (const [name, path] of Object.entries(pages)) {
  test(name, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path);
    await awaken(page);
    if (await page.locator('.panel').count()) await openFilters(page);
    expect(await violations(new AxeBuilder({ page }).withTags(standards))).toEqual([]);
    // The other scheme has other colours, and nothing else.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await violations(new AxeBuilder({ page }).withRules(['color-contrast']))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}

test('the palette and the help are accessible', async ({ page }) => {
  await page.goto('/');
  await awaken(page);
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

test('marks that were set before move nothing when the page wakes up', async ({ page }) => {
  await page.goto('/');
  await awaken(page);
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

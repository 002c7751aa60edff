/** The page of one paper. */
import { expect, test } from './test.ts';

test('a paper page shows facts, abstract, topics, citation, sources and neighbours', async ({ page }) => {
  await page.goto('/');
  const title = 'Decoder-Only LLMs are Better Controllers for Diffusion Models';
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page).toHaveTitle(`${title} · Paper Digest`);
  const paper = page.locator('[data-paper]');
  await expect(paper).toContainText('4 authors');
  await expect(paper.locator('.facts time').first()).toHaveAttribute('datetime', '2025-02-06');
  await expect(paper.locator('.paper-body')).toContainText('Groundbreaking advancements in text-to-image generation');
  await expect(paper.getByRole('complementary')).toContainText('from “');
  await expect(page.locator('.bibtex')).toContainText(/^@misc\{[^}]*\n\s*title=/);
  await expect(paper.getByRole('complementary')).toContainText('place 3');
  await page.getByRole('link', { name: /After it/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Youku-mPLUG/);
  await page.getByRole('link', { name: /Before it/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('related papers have reasons, and are not part of a list', async ({ page }) => {
  await page.goto('/papers/decoder-only-llms-are-better-controllers-for-diffusion-models');
  const related = page.locator('#related .related').getByRole('listitem');
  await expect(related.first()).toBeVisible();
  for (const one of await related.all()) await expect(one.locator('.facts')).toHaveText(/shares|also on|same author/);
  await expect(page.locator('[data-paper-id]')).toHaveCount(0);
  await page.locator('#related').getByText('Sorted by most alike').click();
  await page.getByRole('link', { name: 'Newest' }).click();
  await expect(page).toHaveURL(/\?related=new#related$/);
  await expect(page.locator('#related')).toContainText('Sorted by newest');
  const days = await related
    .locator('time')
    .evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  expect(days.length).toBeGreaterThan(2);
  expect(days).toEqual(days.toSorted().reverse());
});

test('a paper page links to the code, and a button copies the BibTeX', async ({ page, context, browserName }) => {
  if (browserName === 'chromium') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/papers/codet5-identifier-aware-unified-pre-trained-encoder-decoder-models-for-code');
  await expect(page.locator('.actions').getByRole('link', { name: 'Code' })).toHaveAttribute(
    'href',
    'https://github.com/salesforce/CodeT5',
  );
  await page.getByRole('button', { name: 'Copy BibTeX' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator('.bibtex').textContent());
});

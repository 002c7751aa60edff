/** Feeds and exports as the server sends them, and the links to them. */
import { expect, readPapers, test } from './test.ts';

test('the server compresses every feed and export @commands', async ({ request }) => {
  for (const extension of ['atom', 'rss', 'json', 'bib', 'ris', 'csl.json', 'csv', 'md', 'jsonl']) {
    const answer = await request.get(`/feeds/papers.${extension}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.status(), extension).toBe(200);
    expect(answer.headers()['content-encoding'], extension).toBe('gzip');
    expect((await answer.text()).length).toBeGreaterThan(1000);
    const again = await request.get(`/feeds/papers.${extension}`, {
      headers: { 'if-none-match': answer.headers().etag ?? '' },
    });
    expect(again.status(), extension).toBe(304);
  }
});

test('a list links to its feeds and exports with the same filters', async ({ page, request }) => {
  await page.goto('/papers?q=code&sort=old');
  const shown = (await readPapers(page)).map((paper) => paper.id);
  const feeds = page.locator('head link[rel="alternate"]');
  const types = await feeds.evaluateAll((links) => links.map((link) => link.getAttribute('type')));
  expect(types).toEqual(['application/atom+xml', 'application/rss+xml', 'application/feed+json']);
  const href = await feeds.last().getAttribute('href');
  expect(href).toBe('/feeds/papers.json?q=code&sort=old');
  const { items } = (await (await request.get(href ?? '')).json()) as { items: { url: string }[] };
  expect(
    items.map(({ url }) => decodeURIComponent(new URL(url).pathname.replace('/papers/', ''))).slice(0, shown.length),
  ).toEqual(shown);
  await expect(
    page.getByRole('navigation', { name: 'This list in other formats' }).getByRole('link', { name: 'BibTeX' }),
  ).toHaveAttribute('href', '/feeds/papers.bib?q=code&sort=old');
});

test('the front page’s feed has all days, and its exports have the latest day only', async ({ page }) => {
  await page.goto('/');
  const formats = page.getByRole('navigation', { name: 'This list in other formats' });
  await expect(formats.getByRole('link', { name: 'Atom' })).toHaveAttribute('href', '/feeds/papers.atom?sort=listing');
  await expect(formats.getByRole('link', { name: 'CSV' })).toHaveAttribute(
    'href',
    '/feeds/papers.csv?listed=2025-12-16&sort=listing',
  );
});

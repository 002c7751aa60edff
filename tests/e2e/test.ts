/** The test of every end-to-end file: a page whose console must stay silent, and what several files ask of a list. */
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

export const test = base.extend<{ readonly silentConsole: undefined }>({
  /** A test that goes to a missing page is allowed the browser's own line about it, and nothing else. */
  silentConsole: [
    async ({ page }, use) => {
      const said: string[] = [];
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('console', (message) => {
        const isMissingPage = message.text().includes('status of 404') && message.location().url === page.url();
        if (['error', 'warning'].includes(message.type()) && !isMissingPage)
          said.push(`${message.text()} (${message.location().url})`);
      });
      await use(undefined);
      expect(said, 'the console').toEqual([]);
    },
    { auto: true },
  ],
});

/** What a reader sees of a paper in a list. */
export type SeenPaper = {
  readonly id: string;
  readonly text: string;
  readonly authors: number | null;
  readonly year: number | null;
  readonly topics: readonly string[];
};

export function readPapers(page: Page): Promise<SeenPaper[]> {
  return page.locator('article[data-paper-id]').evaluateAll((articles) =>
    articles.map((article) => {
      const facts = article.querySelector('.facts')?.textContent ?? '';
      const authors = /(\d+) authors?/.exec(facts)?.[1];
      const year = article.querySelector('.facts time')?.getAttribute('datetime')?.slice(0, 4);
      return {
        id: article.getAttribute('data-paper-id') ?? '',
        text: `${article.querySelector('.card-title')?.textContent} ${article.querySelector('.abstract')?.textContent}`,
        authors: authors === undefined ? null : Number(authors),
        year: year === undefined ? null : Number(year),
        topics: [...article.querySelectorAll('.tags a')].map((topic) => topic.textContent),
      };
    }),
  );
}

export async function readTotal(page: Page): Promise<number> {
  return Number(await page.locator('[data-total]').getAttribute('data-total'));
}

/** On a narrow window the filters are folded. */
export async function openFilters(page: Page): Promise<void> {
  const fold = page.locator('.fold > summary');
  if (await fold.isVisible()) await fold.click();
  await expect(page.locator('.panel')).toBeVisible();
}

/** Scripts are awake when they answer: before that a key or a click on one of their buttons is lost. */
export async function awaken(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.locator('#keyboard-help')).toBeVisible({ timeout: 200 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(page.locator('#keyboard-help')).toBeHidden();
}

/** Playwright's `test` with a page that must not log errors, and helpers for lists. */
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

export const test = base.extend<{ readonly silentConsole: undefined }>({
  /** Fails on console errors and warnings. The browser's own message about a 404 page is allowed. */
  silentConsole: [
    async ({ page }, use) => {
      const consoleErrors: string[] = [];
      page.on('pageerror', (error) => consoleErrors.push(String(error)));
      page.on('console', (message) => {
        const isMissingPage = message.text().includes('status of 404') && message.location().url === page.url();
        if (['error', 'warning'].includes(message.type()) && !isMissingPage)
          consoleErrors.push(`${message.text()} (${message.location().url})`);
      });
      await use(undefined);
      expect(consoleErrors, 'the console').toEqual([]);
    },
    { auto: true },
  ],
});

/** The visible data of a paper in a list. */
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

/** Opens the disclosure that contains the filters on a narrow screen. */
export async function openFilters(page: Page): Promise<void> {
  const disclosure = page.locator('.fold > summary');
  if (await disclosure.isVisible()) await disclosure.click();
  await expect(page.locator('.panel')).toBeVisible();
}

/** Waits until a shortcut works. Before hydration, keys and clicks are lost. */
export async function awaitHydration(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.locator('#keyboard-help')).toBeVisible({ timeout: 200 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(page.locator('#keyboard-help')).toBeHidden();
}

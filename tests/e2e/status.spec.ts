/** The status page: each state of a source, on the page and in the API. */
import { startStatusServer, statesShown } from '#tests/status-server.ts';
import { expect, test } from './test.ts';

let server: Awaited<ReturnType<typeof startStatusServer>>;
test.beforeAll(async () => {
  server = await startStatusServer();
});
test.afterAll(() => server.close());

const sentences = {
  hf: 'The newest papers are here; the next are expected from 24 Nov 2026, 00:00 UTC.',
  'arxiv:cs.AI': 'It has not been asked yet.',
  'arxiv:cs.CL':
    'arXiv announces no papers on Friday and Saturday evenings. The next are expected from 23 Nov 2026, 01:00 UTC.',
  'arxiv:cs.LG': 'Papers were expected by 19 Nov 2026, 11:00 UTC and are not there.',
  'arxiv:cs.CV': 'export.arxiv.org could not be read: it answers with status 503. Next try: 23 Nov 2026, 01:00 UTC.',
  arxiv: 'It is asked by hand only.',
} satisfies Record<keyof typeof statesShown, string>;

test('the status page shows the state of each source', async ({ page, request }) => {
  await page.goto(`${server.origin}/status`);
  for (const [name, state] of Object.entries(statesShown)) {
    const source = page.locator(`[data-source="${name}"]`);
    await expect(source).toHaveAttribute('data-state', state);
    await expect(source).toContainText(sentences[name as keyof typeof sentences]);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  const told = await (await request.get(`${server.origin}/api/v1/status`)).json();
  expect(
    Object.fromEntries(told.sources.map((source: { name: string; state: string }) => [source.name, source.state])),
  ).toEqual(statesShown);
});

test('the status page explains days without papers and rejected records', async ({ page }) => {
  await page.goto(`${server.origin}/status`);
  await expect(page.getByText('Hugging Face listed no papers on this day.')).toBeVisible();
  await expect(page.getByText('Hugging Face lists no papers on Saturdays and Sundays.').first()).toBeVisible();
  await page.getByText('What was rejected').click();
  await expect(page.getByText('“A paper without an abstract”: its title is empty')).toBeVisible();
});

test('the front page shows the freshness in one line', async ({ page }) => {
  await page.goto(server.origin);
  await expect(page.getByText('arXiv cs.CV: export.arxiv.org could not be read')).toBeVisible();
});

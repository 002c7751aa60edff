/** The e-mail digest from subscribing to leaving, and the mail's look on small and dark screens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { simpleParser } from 'mailparser';
import { freePort } from '#tests/free-port.ts';
import { type MailServer, startMailServer } from '#tests/mail-server.ts';
import { awaitHydration, expect, test } from './test.ts';

test.describe('with a mail server', () => {
  // The tests share a server, so they run in order.
  test.describe.configure({ mode: 'default' });
  let folder: string;
  let site: string;
  let mailServer: MailServer;
  let server: ChildProcess;
  let settings: Record<string, string>;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(join(tmpdir(), 'paper-digest-mail-'));
    mailServer = await startMailServer();
    const port = await freePort();
    site = `http://127.0.0.1:${port}`;
    settings = {
      PORT: String(port),
      HOST: '127.0.0.1',
      SITE_URL: '',
      SOURCES: '',
      SMTP_URL: mailServer.url,
      LOG_LEVEL: 'warn',
      DATABASE_URL: `file:${join(folder, 'digest.db')}`,
    };
    server = spawn(process.execPath, ['scripts/serve.mjs'], { env: { ...process.env, ...settings }, stdio: 'ignore' });
    await expect
      .poll(
        () =>
          fetch(`${site}/api/health`).then(
            (response) => response.status,
            () => 0,
          ),
        { timeout: 100_000 },
      )
      .toBe(200);
  });

  test.afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
    await mailServer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a command of the project on the same store. */
  const run = (...args: string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn(process.execPath, ['scripts/cli.mjs', ...args], {
        env: { ...process.env, ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.once('close', () => resolve(output));
    });

  test('a reader subscribes to a list, confirms, receives a digest, opens a paper and leaves by one click', async ({
    page,
  }) => {
    test.slow();
    await page.goto(`${site}/papers?tag=code-generation&authors=1..5`);
    await page.getByRole('navigation', { name: 'other formats' }).getByRole('link', { name: 'E-mail' }).click();
    await expect(page.getByLabel('Which papers')).toHaveValue('tag:code-generation authors:1..5');
    await expect(page.frameLocator('iframe').getByText('You asked for this digest')).toBeVisible();
    await page.getByLabel('Your address').fill('Reader@Example.org');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible();
    expect((await page.request.get(`${site}/outbox`)).status()).toBe(404);

    await expect.poll(() => mailServer.mails.length).toBe(1);
    const confirmation = await simpleParser(mailServer.mails[0]?.raw ?? '');
    const link = /http:\S+\/subscription\/\S+/.exec(confirmation.text ?? '')?.[0] ?? '';
    for (const _ of [1, 2]) expect((await page.request.get(link)).status(), 'looking at it changes nothing').toBe(200);
    await page.goto(link);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('heading', { name: 'Your subscription' })).toBeVisible();
    expect((await page.request.get(link)).status(), 'it is used up').toBe(404);

    const papers = ['by three', 'by many'].map((name, i) => ({
      title: `Code generation ${name} with $O(n^2)$ drafts`,
      abstract: 'We draft code generation and program synthesis with large language models. '.repeat(8),
      authorCount: i === 0 ? 3 : 12,
      publishedOn: '2026-01-05',
      links: [{ kind: 'code', url: 'https://github.com/example/drafts' }],
      listings: [{ source: 'jsonl', day: '2026-01-06', position: i + 1 }],
    }));
    writeFileSync(join(folder, 'new.jsonl'), papers.map((paper) => JSON.stringify(paper)).join('\n'));
    expect(await run('ingest', 'jsonl', join(folder, 'new.jsonl'))).toContain('2 added');
    expect(await run('digest', '--day', '2026-01-06')).toContain('1 due: 1 sent, 0 failed');

    const mail = await simpleParser(mailServer.mails[1]?.raw ?? '');
    const html = String(mail.html);
    expect(mail.subject).toMatch(/^1 new paper: .*1–5 authors$/);
    expect(mail.to).toMatchObject({ text: 'reader@example.org' });
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('list')).toMatchObject({
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
      unsubscribe: { url: expect.stringContaining(`${site}/subscription/`) },
    });
    expect([...mail.headers.keys()].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'list',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ]);
    expect(mail.from?.value).toEqual([{ address: 'digest@localhost', name: 'Paper Digest' }]);
    expect(mail.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(mail.messageId).toMatch(/^<digest\.2026-01-06\.[\da-f]{32}@localhost>$/);
    expect(Math.abs(Date.now() - (mail.date?.getTime() ?? 0))).toBeLessThan(60_000);
    expect(mail.headers.get('list')).toMatchObject({ id: { id: 'digest.localhost', name: 'Paper Digest' } });
    expect(mail.text).toContain('Code generation by three with O(n²) drafts');
    expect(html).toContain('Code generation by three with O(n²) drafts');
    expect(html).not.toContain('by many');
    await expectReadableMail(page, html);
    const paper = /href="(http:[^"]+\/papers\/[^"?]+)"/.exec(html)?.[1] ?? '';
    await page.goto(paper);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Code generation by three');

    const leave =
      /<(http:[^>]+\/leave)>/.exec(mail.headerLines.find((line) => line.key === 'list-unsubscribe')?.line ?? '')?.[1] ??
      '';
    await page.goto(leave);
    await expect(page.getByRole('heading', { name: 'Your subscription' }), 'GET does not leave').toBeVisible();
    const oneClick = await page.request.post(leave, {
      data: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      maxRedirects: 0,
    });
    expect([oneClick.status(), oneClick.headers()['set-cookie']]).toEqual([200, undefined]);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'You have left' })).toBeVisible();
    await expect(page.getByText('1 paper, sent')).toBeVisible();
  });

  test('the server rejects the forms if another site sends them', async ({ page }) => {
    const form = { address: 'victim@example.org' };
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
    ] as Record<string, string>[])
      for (const path of ['/subscribe/request', `/subscription/${'x'.repeat(43)}/forget`])
        expect((await page.request.post(`${site}${path}`, { form, headers })).status()).toBe(403);
    const own = { headers: { 'sec-fetch-site': 'same-origin' } };
    expect((await page.request.post(`${site}/subscribe/request`, { ...own, data: 'x'.repeat(30_000) })).status()).toBe(
      413,
    );
  });
});

test('the preview of a mail is sandboxed, and readable at 320 pixels in light and dark', async ({ page }) => {
  test.slow();
  const answer = await page.request.get('/subscribe/preview?tag=large-language-models');
  expect(answer.headers()['content-security-policy']).toContain('sandbox');
  expect(answer.headers()['x-frame-options']).toBe('SAMEORIGIN');
  await expectReadableMail(page, await answer.text());
});

for (const path of ['/subscribe?tag=large-language-models', '/subscribe/requested', '/outbox?key=e2e'])
  test(`${path} is accessible`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path);
    await awaitHydration(page);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    // The dark scheme differs only in colours.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await violations(page, ['color-contrast'])).toEqual([]);
  });

test('the subscribe pages respond with 200 to hostile query parameters', async ({ page }) => {
  for (const name of ['constructor', '__proto__', 'toString', '<b>', 'x'.repeat(300)])
    for (const path of [
      '/subscribe?problem=',
      '/subscribe?rhythm=',
      '/subscribe?weekday=',
      '/subscribe?zone=',
      '/subscribe/preview?tag=',
    ])
      expect((await page.request.get(`${path}${encodeURIComponent(name)}`)).status(), `${path}${name}`).toBe(200);
});

test('the subscribe form selects the browser’s time zone', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ timezoneId: 'Asia/Tokyo', ...(baseURL ? { baseURL } : {}) });
  await page.goto('/subscribe');
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo');
  await page.close();
});

test('a reader can subscribe through the outbox without JavaScript and a mail server', { tag: '@no-js' }, async ({
  page,
}) => {
  const address = `no-js-${Date.now()}@example.org`;
  await page.goto('/subscribe');
  await page.getByLabel('Which papers').fill('tag:large-language-models draft');
  await page.getByLabel('Once a week').check();
  await page.getByRole('button', { name: 'Show what it finds' }).click();
  await expect(page).toHaveURL(/rhythm=weekly/);
  await expect(page.getByRole('list', { name: 'The filter' }).getByRole('listitem')).toHaveCount(2);
  await page.getByLabel('Your address').fill(address);
  await page.getByRole('button', { name: 'Subscribe' }).click();
  await expect(page.getByText('Open the address that it printed')).toBeVisible();
  expect((await page.request.get('/outbox')).status(), 'the page does not open the outbox').toBe(404);
  const mail = page.getByRole('listitem').filter({ hasText: address });
  await expect(async () => {
    await page.goto('/outbox?key=e2e');
    await expect(page).toHaveURL(/\/outbox$/);
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass();
  await mail.getByRole('link').click();
  const frame = page.frameLocator('iframe');
  const opened = page.waitForEvent('popup');
  await frame.getByRole('link', { name: 'See and confirm' }).click();
  const confirmPage = await opened;
  await expect(confirmPage.locator('.lead')).toContainText('Every Monday at 07:00, UTC');
  await confirmPage.getByRole('button', { name: 'Confirm' }).click();
  await confirmPage.getByRole('button', { name: 'Pause' }).click();
  await expect(confirmPage.getByRole('heading', { name: 'Your subscription is paused' })).toBeVisible();
  await confirmPage.getByRole('button', { name: 'Go on' }).click();
  await confirmPage.getByLabel('On the days ticked').check();
  await confirmPage.getByLabel('Sunday').check();
  await confirmPage.getByRole('button', { name: 'Save' }).click();
  await expect(confirmPage.locator('.lead')).toContainText('Monday and Sunday at 07:00, UTC');
  await confirmPage.getByText('Delete everything about me').click();
  await confirmPage.getByRole('button', { name: 'Delete it all' }).click();
  await expect(confirmPage.getByRole('heading', { name: 'All forgotten' })).toBeVisible();
});

/** Expects the mail to fit 320 and 700 px and to have readable colours, in light and dark. */
async function expectReadableMail(page: Page, html: string): Promise<void> {
  // The site's content security policy would block the mail's inline styles.
  await page.goto('about:blank');
  for (const width of [320, 700])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.setContent(html);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
        colorScheme === 'dark' ? 'rgb(23, 21, 18)' : 'rgb(253, 251, 247)',
      );
      expect(await violations(page, ['color-contrast'])).toEqual([]);
      const shot = { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' };
      await test.info().attach(`mail ${width} ${colorScheme}`, shot);
    }
}

/** Returns axe's violations without the framed mail, where axe cannot run scripts. */
async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.locator('iframe').evaluateAll((frames) => frames.forEach((frame) => void frame.remove()));
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

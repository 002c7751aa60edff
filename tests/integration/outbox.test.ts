/** Tests access to the outbox: a visitor could confirm and read the mails of every subscriber. */
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outboxKey } from '#platform/outbox-key.ts';
import { parseSettings } from '#platform/settings.ts';
import { aFront } from '#tests/a-front.ts';
import { aLibrary } from '#tests/a-library.ts';
import { aTempStore } from '#tests/temp-store.ts';
import { openDigest } from '#wiring/digest.ts';

/** Starts a front thread and an origin that responds whether the outbox is open. `x-key` carries the key. */
async function anOutbox(variables: Readonly<Record<string, string>> = {}) {
  const { file } = aTempStore();
  const settings = parseSettings({ DATABASE_URL: `file:${file}`, ...variables }, dirname(file));
  const digest = openDigest(settings, aLibrary(file));
  onTestFinished(() => digest.close());
  const { ask } = await aFront({
    handle: async ({ headers }, response) => {
      // Next does the same before it renders a page.
      headers['x-forwarded-host'] ??= headers.host;
      headers['x-forwarded-proto'] ??= 'http';
      const cookie = digest.openOutbox(String(headers['x-key'] ?? ''));
      response.writeHead(200, { 'cache-control': 'no-store', ...(cookie === null ? {} : { 'set-cookie': cookie }) });
      response.end(digest.outbox === null ? 'closed' : 'open');
    },
  });
  const look = async (headers: Readonly<Record<string, string>> = {}, path = '/outbox') =>
    (await ask(path, { headers })).body.toString();
  const enter = async (key: string, headers: Readonly<Record<string, string>> = {}) =>
    (await ask('/outbox', { headers: { ...headers, 'x-key': key } })).headers['set-cookie']?.[0]?.split(';')[0];
  return { look, enter, key: outboxKey(settings) };
}

describe('outbox', () => {
  it.each([
    ['by default', {}],
    ['if other machines can reach it', { HOST: '0.0.0.0' }],
    ['if SITE_URL is set', { SITE_URL: 'https://papers.example' }],
    ['if OUTBOX_KEY is set', { OUTBOX_KEY: 'a key with a space & a sign' }],
  ])('only the key opens the outbox %s', async (_, variables) => {
    const { look, enter, key } = await anOutbox(variables);
    expect(key).toMatch('OUTBOX_KEY' in variables ? /^a key with a space & a sign$/ : /^[\w-]{43}$/);
    expect(await look()).toBe('closed');
    expect(await look({ host: 'localhost:3000', cookie: 'pd_outbox=1' })).toBe('closed');
    expect(await enter('a wrong key')).toBeUndefined();
    const cookie = (await enter(key)) ?? '';
    expect(cookie).toMatch(/^pd_outbox=/);
    expect(await look({ cookie })).toBe('open');
    expect(await look({ cookie }, '/outbox/some.eml/html')).toBe('open');
  });

  it.each([
    'Forwarded',
    'forwarded',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'x-forwarded-proto',
    'X-Forwarded-Anything',
    'X-Real-IP',
    'Via',
  ])('neither key nor cookie opens the outbox behind a proxy that sends %s', async (field) => {
    const { look, enter, key } = await anOutbox();
    const cookie = (await enter(key)) ?? '';
    for (const value of ['for=127.0.0.1', '127.0.0.1', ''])
      expect([await look({ cookie, [field]: value }), await enter(key, { [field]: value })]).toEqual([
        'closed',
        undefined,
      ]);
    expect(await look({ cookie })).toBe('open');
  });

  it('with a mail server there is no outbox', async () => {
    const { look, enter, key } = await anOutbox({ SMTP_URL: 'smtp://127.0.0.1:1' });
    const { enter: enterAnother } = await anOutbox();
    expect(await enter(key)).toBeUndefined();
    expect(await look({ cookie: (await enterAnother(key)) ?? '' })).toBe('closed');
  });
});

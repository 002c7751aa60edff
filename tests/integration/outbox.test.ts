/** Who may look into the outbox: whoever can, could confirm and read everybody's mails. */
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outboxKey } from '#platform/outbox-key.ts';
import { parseSettings } from '#platform/settings.ts';
import { aFront } from '#tests/a-front.ts';
import { aLibrary } from '#tests/a-library.ts';
import { aTempStore } from '#tests/temp-store.ts';
import { openDigest } from '#wiring/digest.ts';

/** A front before an origin that says of each request whether it may see the outbox, and opens it by the key in `x-key`. */
async function anOutbox(variables: Readonly<Record<string, string>> = {}) {
  const { file } = aTempStore();
  const settings = parseSettings({ DATABASE_URL: `file:${file}`, ...variables }, dirname(file));
  const digest = openDigest(settings, aLibrary(file));
  onTestFinished(() => digest.close());
  const { ask } = await aFront({
    handle: async ({ headers }, response) => {
      // As Next does, before a page is asked.
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

describe('the outbox', () => {
  it.each([
    ['as it is started first', {}],
    ['where other machines reach it', { HOST: '0.0.0.0' }],
    ['of a site with a name', { SITE_URL: 'https://papers.example' }],
    ['of the operator’s choice', { OUTBOX_KEY: 'a key with a space & a sign' }],
  ])('is open by its key alone, %s', async (_, variables) => {
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
  ])('is closed behind a proxy that sends %s, to key and cookie', async (field) => {
    const { look, enter, key } = await anOutbox();
    const cookie = (await enter(key)) ?? '';
    for (const value of ['for=127.0.0.1', '127.0.0.1', ''])
      expect([await look({ cookie, [field]: value }), await enter(key, { [field]: value })]).toEqual([
        'closed',
        undefined,
      ]);
    expect(await look({ cookie })).toBe('open');
  });

  it('is not there with a mail server', async () => {
    const { look, enter, key } = await anOutbox({ SMTP_URL: 'smtp://127.0.0.1:1' });
    const { enter: enterAnother } = await anOutbox();
    expect(await enter(key)).toBeUndefined();
    expect(await look({ cookie: (await enterAnother(key)) ?? '' })).toBe('closed');
  });
});

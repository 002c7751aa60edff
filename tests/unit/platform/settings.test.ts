/** Tests the settings: defaults, valid values, and the messages for invalid ones. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSettings, SettingError, urlHost, variables } from '#platform/settings.ts';

const folder = '/srv/papers';

describe('parseSettings', () => {
  it('every setting has a default', () => {
    expect(parseSettings({}, folder)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseFile: '/srv/papers/data/digest.db',
      dataFolder: '/srv/papers/data',
      siteUrl: 'http://127.0.0.1:3000',
      siteUrlIsSet: false,
      isLocal: true,
      trustedProxies: ['loopback', 'private'],
      outboxKey: null,
      sources: [],
      ingestEveryMs: 3_600_000,
      smtpUrl: null,
      logLevel: 'info',
      seed: true,
      callerFolder: folder,
    });
  });

  it('an empty value counts as unset', () => {
    expect(parseSettings({ PORT: '', SITE_URL: ' ', SOURCES: '' }, folder)).toEqual(parseSettings({}, folder));
  });

  it('every variable becomes a setting', () => {
    const given = {
      PORT: '8080',
      HOST: '0.0.0.0',
      DATABASE_URL: 'file:/var/lib/p.db',
      SOURCES: 'hf, arxiv:cs.CL',
      INGEST_EVERY: '30m',
      SEED: '0',
      TRUSTED_PROXIES: 'none',
      OUTBOX_KEY: ' a key ',
    };
    expect(parseSettings(given, folder)).toMatchObject({
      port: 8080,
      siteUrl: 'http://localhost:8080',
      databaseFile: '/var/lib/p.db',
      sources: ['hf', 'arxiv:cs.CL'],
      ingestEveryMs: 1_800_000,
      seed: false,
      trustedProxies: [],
      outboxKey: 'a key',
    });
    expect(parseSettings({ SITE_URL: 'https://papers.example/' }, folder)).toMatchObject({
      siteUrl: 'https://papers.example',
      siteUrlIsSet: true,
    });
  });

  it.each([
    [{}, true],
    [{ HOST: 'localhost', SITE_URL: 'http://127.0.0.1:8080' }, true],
    [{ HOST: '::1', SITE_URL: 'http://[::1]:8080/' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '::' }, false],
    [{ HOST: '192.168.1.5' }, false],
    [{ SITE_URL: 'https://papers.example' }, false],
    [{ SITE_URL: 'https://localhost.example' }, false],
    [{ HOST: '0.0.0.0', SITE_URL: 'http://localhost:3000' }, false],
  ])('%j serves this machine only: %s', (given, isLocal) => {
    expect(parseSettings(given, folder).isLocal).toBe(isLocal);
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'postgres://x/y'],
    ['SITE_URL', 'papers.example'],
    ['SITE_URL', 'ftp://papers.example'],
    ['TRUSTED_PROXIES', 'none,private'],
    ['TRUSTED_PROXIES', 'loopbck'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['MAIL_LEAVE', 'a@b.example>, <mailto:c@d.example'],
    ['SOURCES', 'hf,,arxiv'],
    ['SOURCES', 'HF'],
    ['INGEST_EVERY', '1 hour'],
    ['INGEST_EVERY', '0h'],
    ['HF_ENDPOINT', 'nowhere'],
    ['ARXIV_ENDPOINT', 'file:///etc'],
    ['SMTP_URL', 'https://mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@b\nBcc: c@d'],
    ['LOG_LEVEL', 'loud'],
    ['SEED', 'no'],
  ])('the error for an invalid value names the variable: %s=%j', (name, value) => {
    expect(() => parseSettings({ [name]: value }, folder)).toThrow(SettingError);
    expect(() => parseSettings({ [name]: value }, folder)).toThrow(
      new RegExp(`^The environment variable ${name} must be [^\\n]+\\.$`),
    );
  });
});

describe('urlHost', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', 'localhost'],
    ['::', 'localhost'],
    ['::1', '[::1]'],
    ['papers.example', 'papers.example'],
  ])('the listening address %s becomes the URL host %s', (host, written) => {
    expect(urlHost(host)).toBe(written);
  });
});

describe('.env.example', () => {
  const lines = [...readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );

  it('.env.example names every variable once, in the order of the schema', () => {
    expect(lines.map(([name]) => name)).toEqual(Object.keys(variables));
  });

  it('.env.example shows valid values', () => {
    expect(() => parseSettings(Object.fromEntries(lines), folder)).not.toThrow();
  });

  it('.env.example shows the defaults', () => {
    const optional = ['SITE_URL', 'SMTP_URL', 'MAIL_LEAVE'];
    expect(parseSettings(Object.fromEntries(lines.filter(([name]) => !optional.includes(name))), folder)).toEqual(
      parseSettings({}, folder),
    );
  });
});

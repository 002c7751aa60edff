/** Names of this machine, and same-origin requests. */
import { describe, expect, it } from 'vitest';
import { hostnameOf, isLoopbackHost, isOwnOrigin, isTrustedOrigin } from '#core/web-origin.ts';

const isLocal = (field: string) => isLoopbackHost(hostnameOf(field));

describe('a Host', () => {
  it.each([
    'localhost',
    'LOCALHOST:3000',
    'localhost.:80',
    '127.0.0.1:3000',
    '127.1.2.3',
    '127.0.0.1.',
    '[::1]',
    '[::1]:3000',
    '[0:0:0:0:0:0:0:1]:1',
    '[::ffff:127.0.0.1]:80',
    'localhost:',
  ])('%s is this machine', (field) => {
    expect(isLocal(field)).toBe(true);
  });
  it.each([
    '',
    '0.0.0.0:3000',
    '[::]:3000',
    '10.0.0.1',
    '128.0.0.1',
    'localhost.example',
    'evil.localhost',
    '127.0.0.1.example:3000',
    'papers.example',
    'evil@127.0.0.1',
    '127.0.0.1/evil',
    '127.0.0.1#',
    '127.0.0.1, papers.example',
    'localhost:3000:3000',
    'localhost:port',
    '::1',
    '[::1',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    'papers.example\\@127.0.0.1',
  ])('%j is not', (field) => {
    expect(isLocal(field)).toBe(false);
  });
  it('is recognized as this machine in HOST too', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1'])
      expect(isLoopbackHost(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'localhost.example', 'digest.example'])
      expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('an Origin', () => {
  const site = 'https://papers.example';
  it.each([
    ['https://papers.example', '127.0.0.1:3000'],
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['https://lab.example', 'lab.example:443'],
    ['http://lab.example', 'LAB.example:80'],
    ['http://[::1]:3000', '[::1]:3000'],
  ])('%s is the site’s own for the Host %s', (origin, host) => {
    expect(isOwnOrigin(origin, host, site)).toBe(true);
  });
  it.each([
    ['null', '127.0.0.1:3000'],
    ['', ''],
    ['http://papers.example', '127.0.0.1:3000'],
    ['https://papers.example:8443', '127.0.0.1:3000'],
    ['https://papers.example.evil.example', '127.0.0.1:3000'],
    ['http://localhost:3000', '127.0.0.1:3000'],
    ['http://127.0.0.1:3001', '127.0.0.1:3000'],
    ['http://127.0.0.1', '127.0.0.1:3000'],
    ['http://127.0.0.1:3000@evil.example', '127.0.0.1:3000'],
    ['https://evil.example', 'papers.example'],
    ['https://evil.example, https://papers.example', 'papers.example'],
    ['chrome-extension://papers.example', 'papers.example'],
    ['file://', ''],
  ])('%j is foreign for the Host %j', (origin, host) => {
    expect(isOwnOrigin(origin, host, site)).toBe(false);
  });
  it('that equals the Host is trusted only for loopback names (DNS rebinding)', () => {
    expect(isTrustedOrigin('http://evil.example', 'evil.example', site)).toBe(false);
    expect(isTrustedOrigin('http://localhost:3000', 'localhost:3000', site)).toBe(true);
    expect(isTrustedOrigin('https://papers.example', 'papers.example', site)).toBe(true);
  });
});

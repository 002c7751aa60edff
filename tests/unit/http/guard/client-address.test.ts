/** The client of a request, and the values of TRUSTED_PROXIES. */
import { BlockList, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClientFinder, isForwarded, toClient } from '#http/guard/client-address.ts';
import { parseAddress } from '#platform/ip-address.ts';
import { parseTrustedProxies } from '#platform/trusted-proxies.ts';

describe('client', () => {
  it.each([
    ['192.0.2.17', '192.0.2.17'],
    ['::ffff:192.0.2.99', '192.0.2.99'],
    ['::FFFF:c000:0263', '192.0.2.99'],
    ['0:0:0:0:0:ffff:192.0.2.99', '192.0.2.99'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:2::9', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::192.0.2.1', '0:0:0:0::/64'],
    ['fe80::1%eth0.1', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['', ''],
  ])('the client of the address %s is %s', (address, client) => {
    expect(toClient(address)).toBe(client);
  });

  it('a client is an IPv6 /64 whatever the spelling of the address', () => {
    const group = fc.constantFrom(0, 0, 1, 0xdb8, 0xffff);
    const address = fc
      .array(group, { minLength: 8, maxLength: 8 })
      .map((groups) => groups.map((one) => one.toString(16)).join(':'));
    fc.assert(
      fc.property(address, address, (a, b) => {
        const prefix = new BlockList();
        prefix.addSubnet(a, 64, 'ipv6');
        const spelled = URL.parse(`http://[${a}]`)?.hostname.slice(1, -1).toUpperCase() ?? '';
        expect(isIPv6(spelled)).toBe(true);
        expect(toClient(spelled)).toBe(toClient(a));
        const areMapped = [a, b].some((one) => /^0:0:0:0:0:ffff:/.test(one));
        if (!areMapped) expect(toClient(a) === toClient(b)).toBe(prefix.check(b, 'ipv6'));
      }),
    );
  });

  it('every spelling of an address that proxies write is parsed', () => {
    for (const text of ['192.0.2.1', '192.0.2.1:8080', '[::ffff:192.0.2.1]:80', '"[::ffff:c000:201]"', '"192.0.2.1"'])
      expect(parseAddress(text), text).toBe('192.0.2.1');
    for (const text of [
      '2001:db8::1',
      '[2001:DB8::1]',
      '[2001:db8::1]:443',
      '"[2001:db8::1]:443"',
      '2001:db8::1%eth0',
      '[2001:db8::1%25]',
    ])
      expect(parseAddress(text), text).toBe('2001:db8:0:0:0:0:0:1');
    const garbage = [
      '',
      'unknown',
      '_hidden',
      'unix:',
      'localhost',
      '192.0.2',
      '192.0.2.256',
      '192.0.2.01',
      '1:2',
      '[192.0.2.1',
      '::1]:80',
    ];
    for (const text of [
      ...garbage,
      '::1::',
      '192.0.2.1 192.0.2.2',
      '<script>',
      'x'.repeat(20_000),
      '1'.repeat(20_000),
      ':'.repeat(20_000),
    ])
      expect(parseAddress(text), text.slice(0, 40)).toBeNull();
  });
});

describe('client behind proxies', () => {
  const cases: readonly (readonly [string, string, string | undefined, string])[] = [
    ['is the peer if it is untrusted, whatever the field contains', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['is the peer if the field is missing', 'fd00::1', undefined, 'fd00:0:0:0::/64'],
    ['is the element that the proxy added', '127.0.0.1', '198.51.100.1, 192.0.2.7', '192.0.2.7'],
    ['is an IPv6 /64 in the field too', '::ffff:10.0.0.2', '2001:db8::1', '2001:db8:0:0::/64'],
    [
      'is found behind a chain of proxies',
      '127.0.0.1',
      '203.0.113.5, 192.0.2.7, 10.0.0.3, ::1, 172.31.255.255',
      '192.0.2.7',
    ],
    ['is the right-most element if all are trusted', '127.0.0.1', '10.0.0.1, 10.0.0.2', '10.0.0.2'],
    ['is the proxy if the field is empty', '10.0.0.9', '', '10.0.0.9'],
    ['is found in an element with a port', '10.0.0.9', '192.0.2.7:4711', '192.0.2.7'],
    ['is found in brackets with a port', '10.0.0.9', '[2001:db8::7]:4711', '2001:db8:0:0::/64'],
    ['is the proxy if the right-most element is no address', '10.0.0.9', '192.0.2.7, unknown', '10.0.0.9'],
    [
      'is the last trusted element to the right of an invalid one',
      '127.0.0.1',
      '192.0.2.7, garbage, 10.0.0.3',
      '10.0.0.3',
    ],
    ['is found between empty elements', '127.0.0.1', ' , 192.0.2.7,, ', '192.0.2.7'],
    ['is not found beyond the limit of elements', '127.0.0.1', `192.0.2.7${', 10.0.0.1'.repeat(40)}`, '10.0.0.1'],
    ['is empty if the connection is closed', '', '192.0.2.7', ''],
  ];
  it.each(cases)('the client %s', (_, peer, forwardedFor, client) => {
    expect(createClientFinder(['loopback', 'private'])(peer, forwardedFor)).toBe(client);
  });

  it('the client depends on the trusted ranges', () => {
    const find = (ranges: readonly string[], peer: string) => createClientFinder(ranges)(peer, '192.0.2.7');
    expect(find([], '127.0.0.1')).toBe('127.0.0.1');
    expect(find(['loopback'], '10.0.0.1')).toBe('10.0.0.1');
    expect(find(['203.0.113.0/24'], '203.0.113.77')).toBe('192.0.2.7');
    expect(find(['203.0.113.0/24'], '203.0.114.77')).toBe('203.0.114.77');
    expect(find(['203.0.113.5'], '::ffff:203.0.113.5')).toBe('192.0.2.7');
    expect(find(['2001:db8::/32'], '2001:db8:ffff::1')).toBe('192.0.2.7');
    expect(find(['::ffff:10.0.0.0/104'], '10.255.0.1')).toBe('192.0.2.7');
    expect(find(['::ffff:10.0.0.0/104'], '11.0.0.1')).toBe('11.0.0.1');
  });
});

describe('TRUSTED_PROXIES', () => {
  it.each([
    ['none', []],
    ['loopback,private', ['loopback', 'private']],
    [' Loopback , 203.0.113.0/24,2001:DB8::/32, ::1 ', ['loopback', '203.0.113.0/24', '2001:db8::/32', '::1']],
    ['0.0.0.0/0', ['0.0.0.0/0']],
  ])('TRUSTED_PROXIES may be %j', (text, ranges) => {
    expect(parseTrustedProxies(text)).toEqual({ ranges });
    expect(() => createClientFinder(ranges)).not.toThrow();
  });

  it.each([
    ['none,loopback', 'none trusts nobody'],
    ['loopback,', '""'],
    ['localhost', '"localhost"'],
    ['constructor', '"constructor"'],
    ['192.0.2.0/33', '"192.0.2.0/33"'],
    ['192.0.2.0/', '"192.0.2.0/"'],
    ['192.0.2.0/08', '"192.0.2.0/08"'],
    ['192.0.2/24', '"192.0.2/24"'],
    ['192.0.2.0/24/8', '"192.0.2.0/24/8"'],
    ['2001:db8::/129', '"2001:db8::/129"'],
    ['10.0.0.0/8 192.168.0.0/16', '"10.0.0.0/8 192.168.0.0/16"'],
    ['fe80::1%eth0', '"fe80::1%eth0"'],
    ['*', '"*"'],
  ])('TRUSTED_PROXIES rejects %j and names the wrong part', (text, part) => {
    const parsed = parseTrustedProxies(text);
    expect('problem' in parsed ? parsed.problem : '').toContain(part);
  });
});

it('a request counts as forwarded if it has a proxy’s header, in upper or lower case', () => {
  const request = (name: string) => ({ rawHeaders: ['Host', 'x-forwarded-for', name, 'y'] });
  for (const name of [
    'Forwarded',
    'X-Forwarded-For',
    'x-forwarded-proto',
    'X-FORWARDED-HOST',
    'x-forwarded-prefix',
    'X-Real-IP',
    'Via',
  ])
    expect(isForwarded(request(name)), name).toBe(true);
  for (const name of ['Accept', 'X-Forwarded', 'Via-What', 'X-Real-IP-Not'])
    expect(isForwarded(request(name)), name).toBe(false);
});

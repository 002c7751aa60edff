/** Tests the parts of the HTTP client that need no network: addresses, pace, retries, circuit breaker, host rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCircuit } from '#platform/http-client/circuit.ts';
import { createHostRules } from '#platform/http-client/hosts.ts';
import { createMemoryPaceStore, reserveStart } from '#platform/http-client/pace.ts';
import { isPublicAddress } from '#platform/http-client/public-address.ts';
import { backoffMs, isTransient, parseRetryAfter } from '#platform/http-client/retry.ts';

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '151.101.3.42',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700::6810:84e5',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
    '2a04:4e42::223',
  ])('%s is a public address', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.8',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '2002:7f00:1::1',
    '2002:a9fe:a9fe::',
    '2001:0:1::1',
    '2001:db8::1',
    '100::1',
    'fec0::1',
    'localhost',
    '',
    '1.2.3',
    '0x7f.1',
  ])('%s is not a public address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('an IPv4 address is as public as its embeddings in IPv6', () => {
    const v4 = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 })));
    fc.assert(
      fc.property(v4, (bytes) => {
        const dotted = bytes.join('.');
        const [a = 0, b = 0, c = 0, d = 0] = bytes;
        const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
        for (const dress of [
          `::ffff:${dotted}`,
          `::ffff:${groups}`,
          `64:ff9b::${dotted}`,
          `64:ff9b::${groups}`,
          `2002:${groups}::`,
        ])
          expect(isPublicAddress(dress)).toBe(isPublicAddress(dotted));
      }),
    );
  }, 20_000);
});

describe('pace', () => {
  it('no window has more starts than the limit, and no request waits longer than needed', async () => {
    const plan = fc.record({
      limit: fc.integer({ min: 1, max: 5 }),
      windowMs: fc.integer({ min: 1, max: 1000 }),
      pauses: fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ limit, windowMs, pauses }) => {
        let now = 1_000_000;
        const store = createMemoryPaceStore(() => now);
        const starts: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const wanted = now;
          for (
            let wait = await store.reserve('a', { limit, windowMs });
            wait > 0;
            wait = await store.reserve('a', { limit, windowMs })
          )
            now += wait;
          expect(now).toBe(Math.max(wanted, (starts.at(-limit) ?? 0) + (starts.length >= limit ? windowMs : 0)));
          starts.push(now);
        }
      }),
    );
  }, 20_000);

  it('a request that must wait is not counted, also after the clock is set back', () => {
    const pace = { limit: 1, windowMs: 3_000 };
    expect(reserveStart([1_000], pace, 2_000)).toEqual({ waitMs: 2_000, starts: [1_000] });
    expect(reserveStart([9_000_000], pace, 2_000)).toEqual({ waitMs: 3_000, starts: [2_000] });
  });
});

describe('retry', () => {
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:11 GMT' }, 10_000],
    [{ 'retry-after': 'Wed, 31 Dec 1969 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
    [{ ratelimit: '"api";r=0;t=120' }, 120_000],
    [{ ratelimit: '"api";r=5;t=120' }, null],
  ])('the retry delay is read from %j', (headers, ms) => {
    expect(parseRetryAfter(headers, 1_000)).toBe(ms);
  });

  it('the backoff is random below a bound that doubles up to a cap', () => {
    const backoff = { baseMs: 100, capMs: 1_000 };
    expect([0, 1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, backoff, () => 0.999))).toEqual([
      99, 199, 399, 799, 999, 999,
    ]);
    expect(backoffMs(9, backoff, () => 0)).toBe(0);
  });

  it.each([
    [408, true],
    [429, true],
    [500, true],
    [503, true],
    [200, false],
    [304, false],
    [400, false],
    [404, false],
    [501, false],
  ])('status %i is transient: %s', (status, passes) => {
    expect(isTransient(status)).toBe(passes);
  });
});

describe('circuit breaker', () => {
  it('the circuit blocks requests after three failures, each time for longer, until a success', () => {
    let now = 0;
    const circuit = createCircuit(() => now);
    circuit.failed('a');
    circuit.failed('a');
    expect(circuit.openUntil('a')).toBeNull();
    circuit.failed('a');
    expect(circuit.openUntil('a')).toBe(60_000);
    expect(circuit.openUntil('b')).toBeNull();
    now = 60_000;
    expect(circuit.openUntil('a')).toBeNull();
    circuit.failed('a');
    expect(circuit.openUntil('a')).toBe(180_000);
    circuit.succeeded('a');
    expect(circuit.openUntil('a')).toBeNull();
    circuit.failed('a', 500_000);
    expect(circuit.openUntil('a')).toBe(500_000);
  });
});

describe('host rules', () => {
  it('all hosts of arXiv and its configured endpoint count as one server', () => {
    const rules = createHostRules({ hf: 'https://huggingface.co', arxiv: 'http://127.0.0.1:4000' });
    const keyOf = (url: string) => rules(new URL(url)).key;
    expect(
      [
        'https://export.arxiv.org/api',
        'https://oaipmh.arxiv.org/oai',
        'https://rss.arxiv.org/rss',
        'http://127.0.0.1:4000/api/query',
      ].map(keyOf),
    ).toEqual(Array(4).fill('arxiv'));
    expect(keyOf('https://huggingface.co/api/daily_papers')).toBe('hf');
    expect(keyOf('https://notarxiv.org/')).toBe('https://notarxiv.org');
    expect(rules(new URL('https://arxiv.org')).pace.windowMs).toBeGreaterThanOrEqual(3_000);
  });
});

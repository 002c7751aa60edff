/** Which mail addresses are accepted: exactly one address, without extra headers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMailAddress } from '#core/ports/mail.ts';
import { propertyRuns } from '#tests/property-runs.ts';

describe('a mail address', () => {
  it.each([
    [' Reader@Example.ORG ', 'reader@example.org'],
    ["o'neil+papers@mail.example", "o'neil+papers@mail.example"],
    ['leser@münchen.example', 'leser@xn--mnchen-3ya.example'],
    ['root@localhost', 'root@localhost'],
  ])('%s', (text, address) => {
    expect(parseMailAddress(text)).toBe(address);
  });

  it.each([
    '',
    '@',
    'a@',
    '@b.example',
    'a b@c.example',
    'a@b@c.example',
    'a,b@c.example',
    'a@b.example,c@d.example',
    'Ada <a@b.example>',
    'a@b.example\r\nBcc: c@d.example',
    '"a\r\nb"@c.example',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@2130706433',
    'a@b..example',
    '.a@b.example',
    'a.@b.example',
    'a..b@c.example',
    'a@-b.example',
    'a@b.example:25',
    'a@b.example/x',
    'a@b.example?x',
    'a@user:p@b.example',
    'ä@b.example',
    'a\0@b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(150)}example`,
  ])('%j is none', (text) => {
    expect(parseMailAddress(text)).toBeNull();
  });

  it('contains nothing that SMTP or a header could parse as more, for random input', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('\r\n', '@', '<', '>', ',', 'Bcc: ', 'x@y.example', '\u0000', '%0d%0a', '＠', '。', '\u2028'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const address = parseMailAddress(pieces.join(''));
        if (address !== null) expect(address).toMatch(/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,250}$/);
        if (address !== null) expect(parseMailAddress(address)).toBe(address);
      }),
      { numRuns: propertyRuns(10_000) },
    );
  }, 60_000);
});

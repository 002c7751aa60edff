/** What opens the outbox: the key gives a cookie, and only such a cookie opens it. */
import { describe, expect, it } from 'vitest';
import { createOutboxAccess } from '#platform/outbox-key.ts';

const dayMs = 86_400_000;
const clock = { nowMs: 1_700_000_000_000 };
const anAccess = (key = 'a key of somebody') => createOutboxAccess(key, () => clock.nowMs);
const cookieOf = (access = anAccess(), key = 'a key of somebody') =>
  /^[^;]+/.exec(access.cookieFor(key) ?? '')?.[0] ?? '';

describe('the key of the outbox', () => {
  it('gives a cookie for the outbox alone, which no script can read', () => {
    expect(anAccess().cookieFor('a key of somebody')).toMatch(
      /^pd_outbox=\d+\.[\w-]{43}; Path=\/outbox; Max-Age=86400; HttpOnly; SameSite=Lax$/,
    );
  });
  it.each(['', 'a', 'a key of somebod', 'a key of somebody ', 'A key of somebody', 'x'.repeat(16_000)])(
    'is not %j',
    (key) => {
      expect(anAccess().cookieFor(key)).toBeNull();
    },
  );
});

describe('the outbox is open', () => {
  it('to its cookie, also among others of its name', () => {
    const cookie = cookieOf();
    expect(anAccess().isOpenTo(cookie)).toBe(true);
    expect(anAccess().isOpenTo(`theme=dark; pd_outbox=stale;${cookie};a=b`)).toBe(true);
  });
  it('for a day', () => {
    const cookie = cookieOf();
    clock.nowMs += dayMs - 1;
    expect(anAccess().isOpenTo(cookie)).toBe(true);
    clock.nowMs += 1;
    expect(anAccess().isOpenTo(cookie)).toBe(false);
  });
  it('to no cookie that a clock far ahead made', () => {
    clock.nowMs += 400 * dayMs;
    const cookie = cookieOf();
    clock.nowMs -= 400 * dayMs;
    expect(anAccess().isOpenTo(cookie)).toBe(false);
  });
  it('to nothing else', () => {
    const cookie = cookieOf();
    const [, expires = '', signature = ''] = /=(\d+)\.(.+)/.exec(cookie) ?? [];
    const other = signature.startsWith('A') ? 'B' : 'A';
    const forged = [
      '',
      'pd_outbox',
      'pd_outbox=',
      'pd_outbox=a key of somebody',
      `pd_outbox=${Number(expires) + 1}.${signature}`,
      `pd_outbox=${expires}.${other}${signature.slice(1)}`,
      `pd_outbox=${expires}.${signature.slice(1)}`,
      `pd_outbox=${expires}.${signature}A`,
      `pd_outbox=${expires}.`,
      `pd_outbox=.${signature}`,
      `PD_OUTBOX=${expires}.${signature}`,
      `__Secure-${cookie}`,
      `x${cookie}`,
      cookieOf(anAccess('the key of another start'), 'the key of another start'),
    ];
    for (const one of forged) expect(anAccess().isOpenTo(one), one).toBe(false);
  });
});

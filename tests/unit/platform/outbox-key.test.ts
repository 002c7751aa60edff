/** Tests access to the outbox: the key sets a cookie, and only that cookie opens the outbox. */
import { describe, expect, it } from 'vitest';
import { createOutboxAccess } from '#platform/outbox-key.ts';

const dayMs = 86_400_000;
const clock = { nowMs: 1_700_000_000_000 };
const anAccess = (key = 'a key of somebody') => createOutboxAccess(key, () => clock.nowMs);
const cookieOf = (access = anAccess(), key = 'a key of somebody') =>
  /^[^;]+/.exec(access.cookieFor(key) ?? '')?.[0] ?? '';

describe('outbox key', () => {
  it('the key sets a cookie for the outbox path only, which no script can read', () => {
    expect(anAccess().cookieFor('a key of somebody')).toMatch(
      /^pd_outbox=\d+\.[\w-]{43}; Path=\/outbox; Max-Age=86400; HttpOnly; SameSite=Lax$/,
    );
  });
  it.each(['', 'a', 'a key of somebod', 'a key of somebody ', 'A key of somebody', 'x'.repeat(16_000)])(
    'a wrong key sets no cookie: %j',
    (key) => {
      expect(anAccess().cookieFor(key)).toBeNull();
    },
  );
});

describe('outbox cookie', () => {
  it('the cookie opens the outbox, even next to others of the same name', () => {
    const cookie = cookieOf();
    expect(anAccess().isOpenTo(cookie)).toBe(true);
    expect(anAccess().isOpenTo(`theme=dark; pd_outbox=stale;${cookie};a=b`)).toBe(true);
  });
  it('the cookie expires after a day', () => {
    const cookie = cookieOf();
    clock.nowMs += dayMs - 1;
    expect(anAccess().isOpenTo(cookie)).toBe(true);
    clock.nowMs += 1;
    expect(anAccess().isOpenTo(cookie)).toBe(false);
  });
  it('a cookie that was set while the clock was ahead does not open the outbox', () => {
    clock.nowMs += 400 * dayMs;
    const cookie = cookieOf();
    clock.nowMs -= 400 * dayMs;
    expect(anAccess().isOpenTo(cookie)).toBe(false);
  });
  it('no other cookie opens the outbox', () => {
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

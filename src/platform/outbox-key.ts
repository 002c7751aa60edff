/** Who may look into the outbox: whoever opened the address with the key, which only the operator has, and has the cookie since. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { processSingleton } from '#core/process-singleton.ts';
import type { Settings } from './settings.ts';

const cookieName = 'pd_outbox';
const lifetimeMs = 86_400_000;

export type OutboxAccess = {
  /** The `Set-Cookie` field for whoever knows the key; null for a wrong key. Never `Secure`: the server itself speaks no TLS. */
  cookieFor(key: string): string | null;
  /** Whether a `Cookie` field holds a cookie that this key made, and that is not too old. */
  isOpenTo(cookies: string): boolean;
};

export function createOutboxAccess(key: string, nowMs: () => number): OutboxAccess {
  const sign = (expires: string) => createHmac('sha256', key).update(`${cookieName} ${expires}`).digest('base64url');
  const isValid = (value: string) => {
    const [, expires = '', signature = ''] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
    const leftMs = Number(expires) - nowMs();
    // Also none from a clock that was wrong.
    return isEqual(signature, sign(expires)) && leftMs > 0 && leftMs <= lifetimeMs;
  };
  return {
    cookieFor(given) {
      if (!isEqual(given, key)) return null;
      const expires = String(Math.floor(nowMs()) + lifetimeMs);
      return `${cookieName}=${expires}.${sign(expires)}; Path=/outbox; Max-Age=${lifetimeMs / 1000}; HttpOnly; SameSite=Lax`;
    },
    isOpenTo: (cookies) =>
      cookies.split(';').some((pair) => {
        const [name, value = ''] = pair.trim().split('=', 2);
        return name === cookieName && isValid(value);
      }),
  };
}

/** In constant time, for texts of different lengths too. */
function isEqual(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

type KeySetting = Pick<Settings, 'outboxKey'>;

/** The path that opens the outbox. */
export const outboxHref = (settings: KeySetting): string => `/outbox?key=${encodeURIComponent(outboxKey(settings))}`;

/** OUTBOX_KEY, or 32 random bytes that this process keeps. */
export function outboxKey({ outboxKey: given }: KeySetting): string {
  if (given !== null) return given;
  return processSingleton('outbox-key', () => ({ key: randomBytes(32).toString('base64url') })).key;
}

/** Guards the outbox with the operator's key: the address with the key sets a signed cookie, which opens the outbox. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { processSingleton } from '#core/process-singleton.ts';
import type { Settings } from './settings.ts';

const cookieName = 'pd_outbox';
const lifetimeMs = 86_400_000;

export type OutboxAccess = {
  /** Returns the `Set-Cookie` field, or null for a wrong key. Not `Secure`, because the server has no TLS. */
  cookieFor(key: string): string | null;
  /** Returns whether a `Cookie` field has an unexpired cookie that this key signed. */
  isOpenTo(cookies: string): boolean;
};

export function createOutboxAccess(key: string, nowMs: () => number): OutboxAccess {
  const sign = (expires: string) => createHmac('sha256', key).update(`${cookieName} ${expires}`).digest('base64url');
  const isValid = (value: string) => {
    const [, expires = '', signature = ''] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
    const leftMs = Number(expires) - nowMs();
    // An expiry too far ahead comes from before the clock was set back.
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

/** Compares in constant time. Hashing gives both texts the same length. */
function isEqual(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

type KeySetting = Pick<Settings, 'outboxKey'>;

/** Returns the path that opens the outbox. */
export const outboxHref = (settings: KeySetting): string => `/outbox?key=${encodeURIComponent(outboxKey(settings))}`;

/** Returns OUTBOX_KEY, or a random key of 32 bytes for this process. */
export function outboxKey({ outboxKey: given }: KeySetting): string {
  if (given !== null) return given;
  return processSingleton('outbox-key', () => ({ key: randomBytes(32).toString('base64url') })).key;
}

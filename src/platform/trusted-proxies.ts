/** Parses TRUSTED_PROXIES: `none`, or names and ranges of addresses whose `X-Forwarded-For` counts. */
import { isIP } from 'node:net';

/** Loopback (RFC 1122, RFC 4291) and private networks (RFC 1918, RFC 4193). */
export const namedRanges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const expected = 'none, or a list of loopback, private and ranges of addresses such as 192.0.2.0/24';

/** Returns names and ranges in order, empty for `none`. An error text continues a sentence after the setting's name. */
export function parseTrustedProxies(
  text: string,
): { readonly ranges: readonly string[] } | { readonly problem: string } {
  const parts = text.split(',').map((part) => part.trim().toLowerCase());
  if (parts.length === 1 && parts[0] === 'none') return { ranges: [] };
  if (parts.includes('none')) return { problem: 'must be none alone, or a list without it: none trusts nobody' };
  const bad = parts.find((part) => !Object.hasOwn(namedRanges, part) && !isRange(part));
  return bad === undefined ? { ranges: parts } : { problem: `must be ${expected}; "${bad}" is none of them` };
}

function isRange(part: string): boolean {
  const [, address = '', length] = /^([\da-f:.]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(part) ?? [];
  const family = isIP(address);
  return family !== 0 && (length === undefined || Number(length) <= (family === 4 ? 32 : 128));
}

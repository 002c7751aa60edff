/** Parses IP addresses in the spellings that proxies write, and normalizes them. */
import { isIP } from 'node:net';

/**
 * Parses a list element: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`, `"[::1]"`, `fe80::1%eth0`.
 * Returns IPv4-mapped addresses (`::ffff:192.0.2.1`) as IPv4, IPv6 as eight groups, and null for anything else.
 */
export function parseAddress(text: string): string | null {
  const [, bracketed, v4, bare] =
    /^"?(?:\[([^\]]*)\](?::\d{1,5})?|(\d[\d.]*\d)(?::\d{1,5})?|([\da-f:.]+(?:%[\w.-]+)?))"?$/i.exec(text) ?? [];
  const address = (bracketed ?? v4 ?? bare ?? '').replace(/%[\w.-]+$/, '');
  const family = isIP(address);
  if (family === 0) return null;
  if (family === 4) return address;
  const groups = toGroups(address);
  return toMappedIpv4(groups) ?? groups.map((group) => group.toString(16)).join(':');
}

/** Returns the /64 prefix of an IPv6 address in eight groups. */
export const toPrefix = (address: string): string => `${address.split(':').slice(0, 4).join(':')}::/64`;

/** Expands an IPv6 address into its eight groups. */
function toGroups(address: string): readonly number[] {
  const hex = address.replace(/[\d.]+$/, (end) => {
    if (!end.includes('.')) return end;
    const [a = 0, b = 0, c = 0, d = 0] = end.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail = ''] = hex.split('::');
  const [left, right] = [head, tail].map((part) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)),
  );
  const [start, end] = [left ?? [], right ?? []];
  return [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end];
}

/** IPv4-mapped addresses are ::ffff:0:0/96 (RFC 4291 § 2.5.5.2). */
function toMappedIpv4(groups: readonly number[]): string | null {
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : null;
}

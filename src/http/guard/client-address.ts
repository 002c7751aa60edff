/** Finds the client of a request: an IPv4 address or an IPv6 /64, seen through the proxies in TRUSTED_PROXIES. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { parseAddress, toPrefix } from '#platform/ip-address.ts';
import { readSettings } from '#platform/settings.ts';
import { namedRanges } from '#platform/trusted-proxies.ts';

/** The front sends the client's address to the origin in this header. */
export const clientField = 'paper-digest-client';

/** Only so many elements of `X-Forwarded-For` are read, from the right. Real chains are shorter. */
const elementsMax = 32;

/** Maps an address to its client: `192.0.2.7`, `2001:db8:0:1::/64`. Returns other text unchanged. */
export function toClient(address: string): string {
  const parsed = parseAddress(address);
  return parsed === null ? address : parsed.includes(':') ? toPrefix(parsed) : parsed;
}

/**
 * Returns a function that finds the client behind the trusted ranges, such as `loopback` and `192.0.2.0/24`.
 * The client is the peer, or, if the peer is trusted, the right-most untrusted element of `X-Forwarded-For`.
 * If all elements are trusted, it is the right-most one. An invalid element ends the chain, because no known proxy
 * wrote the elements to its left.
 */
export function createClientFinder(
  ranges: readonly string[],
): (peer: string, forwardedFor: string | undefined) => string {
  const trusted = toBlockList(ranges);
  const isTrusted = (address: string) => trusted.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  return (peer, forwardedFor = '') => {
    const own = parseAddress(peer);
    if (own === null || !isTrusted(own)) return toClient(peer);
    let nearest: string | null = null;
    for (const element of elementsFromRight(forwardedFor)) {
      const address = parseAddress(element);
      if (address === null) break;
      if (!isTrusted(address)) return toClient(address);
      nearest ??= address;
    }
    return toClient(nearest ?? own);
  };
}

/** Ignores empty list elements (RFC 9110 §5.6.1). */
function elementsFromRight(field: string): readonly string[] {
  const elements = field.split(',').map((element) => element.trim());
  return elements
    .filter((element) => element !== '')
    .slice(-elementsMax)
    .reverse();
}

function toBlockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges.flatMap((name) => namedRanges[name] ?? name)) {
    const [address = '', length] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length), family);
  }
  return list;
}

let find: ReturnType<typeof createClientFinder> | undefined;

/** Returns the client of a network request; empty if its connection is closed. */
export function clientOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  find ??= createClientFinder(readSettings().trustedProxies);
  return find(socket.remoteAddress ?? '', [headers['x-forwarded-for'] ?? []].flat().join(','));
}

/** Returns the client of a request at the origin. Only the front can reach that socket. Development has no front. */
export function clientAtOrigin(request: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  return request.socket.remoteAddress === undefined ? String(request.headers[clientField] ?? '') : clientOf(request);
}

/** Whether a proxy forwarded the request. Next adds such fields to `headers`, but not to `rawHeaders`. */
export function isForwarded({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  return rawHeaders.some((name, i) => i % 2 === 0 && /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/i.test(name));
}

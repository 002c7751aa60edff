/** Which client a request comes from: an IPv4 address or an IPv6 /64, seen through the proxies that TRUSTED_PROXIES names. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { parseAddress, toPrefix } from '#platform/ip-address.ts';
import { readSettings } from '#platform/settings.ts';
import { namedRanges } from '#platform/trusted-proxies.ts';

/** By this field the front tells the origin which client a request comes from. */
export const clientField = 'paper-digest-client';

/** Elements of `X-Forwarded-For` that are looked at, from the right: a longer chain of trusted proxies is nobody's. */
const elementsMax = 32;

/** The client of a connection's address: `192.0.2.7`, `2001:db8:0:1::/64`. Text that is no address stays as it is. */
export function toClient(address: string): string {
  const parsed = parseAddress(address);
  return parsed === null ? address : parsed.includes(':') ? toPrefix(parsed) : parsed;
}

/**
 * Finds the client behind proxies in the ranges, such as `loopback` and `192.0.2.0/24`: the connection's own address, or, when that is
 * in the ranges, the right-most element of `X-Forwarded-For` that is not; when all are, the right-most. An element that is no address
 * ends the chain: what stands to its left was not written by a proxy we know.
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

/** Empty elements of a list count for nothing (RFC 9110 §5.6.1). */
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

/** The client of a request that came over the network. Empty when its connection is gone. */
export function clientOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  find ??= createClientFinder(readSettings().trustedProxies);
  return find(socket.remoteAddress ?? '', [headers['x-forwarded-for'] ?? []].flat().join(','));
}

/** The client of a request at the origin: the front names it, over a socket that nobody else can reach. Development has no front. */
export function clientAtOrigin(request: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  return request.socket.remoteAddress === undefined ? String(request.headers[clientField] ?? '') : clientOf(request);
}

/** Whether a request was sent on by a proxy, as far as its fields tell. Next adds such fields to `headers`, but not to `rawHeaders`. */
export function isForwarded({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  return rawHeaders.some((name, i) => i % 2 === 0 && /^(?:forwarded|x-forwarded-.*|x-real-ip|via)$/i.test(name));
}

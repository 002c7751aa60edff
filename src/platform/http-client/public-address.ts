/** Tells whether an IP address is globally reachable. Addresses with an embedded private IPv4 address are not. */
import { BlockList, isIP } from 'node:net';

/** IPv4 ranges that are not globally reachable (RFC 6890 and its successors). */
const privateV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Forms of IPv6 that embed an IPv4 address: prefix, prefix length in bits, suffix. */
const embeddings = [
  ['::ffff:', 96, ''], // mapped
  ['64:ff9b::', 96, ''], // NAT64
  ['2002:', 16, '::'], // 6to4
] as const;

const assigned = new BlockList();
assigned.addSubnet('0.0.0.0', 0, 'ipv4');
assigned.addSubnet('2000::', 3, 'ipv6'); // The only range that IANA has allocated as global unicast.
assigned.addSubnet('::ffff:0:0', 96, 'ipv6');
assigned.addSubnet('64:ff9b::', 96, 'ipv6');

const special = new BlockList();
for (const [net, bits] of privateV4) {
  special.addSubnet(net, bits, 'ipv4');
  for (const [prefix, prefixBits, rest] of embeddings)
    special.addSubnet(prefix + toGroups(net) + rest, prefixBits + bits, 'ipv6');
}
// Tunnels, protocol assignments, documentation.
special.addSubnet('2001::', 23, 'ipv6');
special.addSubnet('2001:db8::', 32, 'ipv6');
special.addSubnet('3fff::', 20, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const ip = address.replace(/%.*$/, '');
  const version = isIP(ip);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return assigned.check(ip, family) && !special.check(ip, family);
}

/** Returns `c0a8:0` for `192.168.0.0`. */
function toGroups(v4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
  return [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
}

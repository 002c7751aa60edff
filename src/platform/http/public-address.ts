/** Whether an IP address is one of the public internet: not of this machine, not of the network around it, not a disguise of such. */
import { BlockList, isIP, isIPv4 } from 'node:net';

/** RFC 6890 and its successors: everything in IPv4 that is not globally reachable. */
const privateV4 = new BlockList();
for (const [net, bits] of [
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
] as const) {
  privateV4.addSubnet(net, bits, 'ipv4');
}

/** Inside 2000::/3, which alone is handed out: tunnels, protocol assignments, documentation. */
const specialV6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const) {
  specialV6.addSubnet(net, bits, 'ipv6');
}

export function isPublicAddress(address: string): boolean {
  const ip = address.replace(/%.*$/, '');
  if (isIP(ip) === 0) return false;
  if (isIPv4(ip)) return !privateV4.check(ip, 'ipv4');
  const groups = groupsOf(ip);
  const [first = 0, second = 0, third = 0] = groups;
  // An IPv4 address in another dress is judged by the IPv4 address: mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96), 6to4 (2002::/16).
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const isNat64 = first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  if (isMapped || isNat64) return isPublicAddress(toV4(groups[6], groups[7]));
  if (first === 0x2002) return isPublicAddress(toV4(second, third));
  return first >= 0x2000 && first <= 0x3fff && !specialV6.check(ip, 'ipv6');
}

function toV4(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight numbers of an IPv6 address; the URL parser writes every form of it the same way. */
function groupsOf(ip: string): number[] {
  const [head = '', tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [numbers(head), numbers(tail ?? '')];
  return tail === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

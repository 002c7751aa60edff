/** How often one network may ask for something in a while; kept in memory, so that nobody's address is stored. */

export type RequestLimit = { readonly max: number; readonly perMs: number };

const networksMax = 10_000;

/** Answers whether one more is allowed, and counts it. */
export function createRequestLimiter({ max, perMs }: RequestLimit): (network: string, nowMs: number) => boolean {
  const times = new Map<string, number[]>();
  return (network, nowMs) => {
    const recent = (times.get(network) ?? []).filter((time) => time > nowMs - perMs && time <= nowMs);
    if (recent.length >= max) return false;
    times.delete(network);
    times.set(network, [...recent, nowMs]);
    for (const oldest of times.keys()) {
      if (times.size <= networksMax) break;
      times.delete(oldest);
    }
    return true;
  };
}

/** What one household or one machine has: a /24 of IPv4, a /64 of IPv6. */
export function toNetwork(address: string): string {
  const v4 = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0')]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

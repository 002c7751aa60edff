/** What a request asks for, in whichever form it says it (RFC 9112 §3.2). */

/** The path with its query, also of an address that names its host; null for `*` and for what is no address here. */
export function toOriginForm(target = ''): string | null {
  if (target.startsWith('/')) return target;
  const address = /^https?:/i.test(target) ? URL.parse(target) : null;
  return address && address.pathname + address.search;
}

/** Normalizes the request target (RFC 9112 §3.2). */

/** Returns path and query, also of an absolute target; null for `*` and invalid targets. */
export function toOriginForm(target = ''): string | null {
  if (target.startsWith('/')) return toDecodable(target.replace(/#.*$/s, ''));
  const address = /^https?:/i.test(target) ? URL.parse(target) : null;
  return address && toDecodable(address.pathname + address.search);
}

/** Escapes the `%` of a path that does not decode, such as `/papers/%ff`: Next would throw instead of 404. */
function toDecodable(url: string): string {
  const path = url.replace(/\?.*$/s, '');
  if (!path.includes('%')) return url;
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}

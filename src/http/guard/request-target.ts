/** What a request asks for, in whichever form it says it (RFC 9112 §3.2). */

/** The path with its query, also of an address that names its host; null for `*` and for what is no address here. */
export function toOriginForm(target = ''): string | null {
  if (target.startsWith('/')) return toDecodable(target.replace(/#.*$/s, ''));
  const address = /^https?:/i.test(target) ? URL.parse(target) : null;
  return address && toDecodable(address.pathname + address.search);
}

/** A path that stands for no text, such as `/papers/%ff`, is taken letter by letter: Next fails at it, and nothing has that name. */
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

/** Names of this machine, and whether a request was sent by a page of this site (RFC 6454). */

/** Whether a host names this machine itself, as it stands in HOST or as `hostnameOf` returns it. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost\.?|127(?:\.\d{1,3}){3}|\[?(?:::1|::ffff:(?:127(?:\.\d{1,3}){3}|7f[\da-f]{2}:[\da-f]{1,4}))\]?)$/i.test(
    host,
  );
}

/** The host of a `Host` field in its canonical spelling, without the port; empty when the field is anything but a host and a port. */
export function hostnameOf(field: string): string {
  const isHost = /^(?:\[[\da-f:.]+\]|[^\s:/?#@\\[\]]+)(?::\d*)?$/i.test(field);
  return isHost ? (URL.parse(`http://${field}`)?.hostname ?? '') : '';
}

/**
 * Whether an `Origin` field names the site: the address in SITE_URL, or the request's own `Host`. A proxy may speak TLS, so the
 * scheme of the `Host` is the origin's. An opaque origin (`null`) is foreign.
 */
export function isOwnOrigin(origin: string, host: string, siteUrl: string): boolean {
  const page = URL.parse(origin);
  if (page === null || !/^https?:$/.test(page.protocol)) return false;
  if (page.origin === URL.parse(siteUrl)?.origin) return true;
  return hostnameOf(host) !== '' && page.origin === URL.parse(`${page.protocol}//${host}`)?.origin;
}

/** The same where a page of another site may have led its own name to this machine (DNS rebinding): only SITE_URL and loopback names count. */
export function isTrustedOrigin(origin: string, host: string, siteUrl: string): boolean {
  return isOwnOrigin(origin, isLoopbackHost(hostnameOf(host)) ? host : '', siteUrl);
}

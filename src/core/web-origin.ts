/** Recognizes names of this machine and same-origin requests (RFC 6454). */

/** Returns whether a host is this machine, as written in HOST or returned by `hostnameOf`. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost\.?|127(?:\.\d{1,3}){3}|\[?(?:::1|::ffff:(?:127(?:\.\d{1,3}){3}|7f[\da-f]{2}:[\da-f]{1,4}))\]?)$/i.test(
    host,
  );
}

/** Returns the canonical host of a `Host` field without the port. Empty if the field is invalid. */
export function hostnameOf(field: string): string {
  const isHost = /^(?:\[[\da-f:.]+\]|[^\s:/?#@\\[\]]+)(?::\d*)?$/i.test(field);
  return isHost ? (URL.parse(`http://${field}`)?.hostname ?? '') : '';
}

/**
 * Returns whether an `Origin` field is SITE_URL's origin or matches the request's `Host`.
 * A proxy may terminate TLS, so the `Host` takes the origin's scheme. An opaque origin (`null`) is cross-origin.
 */
export function isOwnOrigin(origin: string, host: string, siteUrl: string): boolean {
  const page = URL.parse(origin);
  if (page === null || !/^https?:$/.test(page.protocol)) return false;
  if (page.origin === URL.parse(siteUrl)?.origin) return true;
  return hostnameOf(host) !== '' && page.origin === URL.parse(`${page.protocol}//${host}`)?.origin;
}

/** As above, but against DNS rebinding: it accepts only SITE_URL and loopback names. */
export function isTrustedOrigin(origin: string, host: string, siteUrl: string): boolean {
  return isOwnOrigin(origin, isLoopbackHost(hostnameOf(host)) ? host : '', siteUrl);
}

/** Which addresses are this machine's or its network's own, and where a request that came through them began. */

/** This machine itself, as it stands in HOST or in an address. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/** The connection's own address, or what the proxy on this machine or in this network says; a stranger's own header is not believed. */
export function clientAddress(peer: string, forwardedFor: string | null): string {
  const named = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  return named !== '' && (peer === '' || isNearby(peer)) ? named : peer;
}

function isNearby(address: string): boolean {
  return /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^::1$|^f[cd][\da-f]{2}:/i.test(address);
}

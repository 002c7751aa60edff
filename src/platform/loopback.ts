/** Whether a name or address is this machine itself. */

/** As it stands in HOST, or in an address between brackets. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

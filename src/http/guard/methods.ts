/** Returns the methods that an address allows (RFC 9110 §9). */

const pages: readonly string[] = ['GET', 'HEAD'];
const forms: readonly string[] = ['GET', 'HEAD', 'POST'];
/** OPTIONS is for CORS preflight requests. */
const api: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const mcp: readonly string[] = ['POST', 'OPTIONS'];

export function methodsOf(path: string): readonly string[] {
  if (path === '/mcp') return mcp;
  if (path.startsWith('/api/')) return api;
  return /^\/(?:subscribe\/request|subscription\/[^/]+\/[^/]+)$/.test(path) ? forms : pages;
}

/** Responds with a mail's HTML. Only our own pages may frame it. It cannot run scripts, send forms or load files. */

const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

export function toMailResponse(html: string): Response {
  return new Response(html.replace('<head>', '<head><base target="_blank">'), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-frame-options': 'SAMEORIGIN',
      // A sandboxed page has an opaque origin. Browsers log a warning if it requests an origin-keyed agent cluster.
      'origin-agent-cluster': '?0',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

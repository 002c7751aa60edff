/** A mail's HTML as an answer: framed by our own pages only, without scripts, forms or anything loaded from elsewhere. */

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
      // A sandboxed page has no origin by which it could be kept apart, and a browser warns of the wish.
      'origin-agent-cluster': '?0',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

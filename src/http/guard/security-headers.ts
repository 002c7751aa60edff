/** The security headers of every response, whichever code writes it. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import { toOriginForm } from './request-target.ts';

/** One year. Subdomains may belong to other operators. */
const hstsValue = 'max-age=31536000';
/** Other sites may embed or read the API, feeds and pictures, but no pages. */
const shared = /^\/(?:(?:api|feeds|og)\/|favicon\.svg$)/;

/** For responses other than pages: load nothing, run nothing, allow no frame. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const defaults = {
  'Content-Security-Policy': dataPolicy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Origin-Agent-Cluster': '?1',
};

/** Returns the policy of a page that runs this site's files and the inline scripts with these hashes. */
export const pagePolicy = (scripts: Iterable<string>): string =>
  [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default paper-digest',
  ].join('; ');

/** Returns the default headers for this target. A response may replace each. */
export const securityHeaders = (siteUrl: string, target?: string): Readonly<Record<string, string>> => ({
  ...defaults,
  'Cross-Origin-Resource-Policy': shared.test(pathOf(target)) ? 'cross-origin' : 'same-origin',
  // The server never speaks TLS. The public address shows whether a proxy does.
  ...(siteUrl.startsWith('https:') ? { 'Strict-Transport-Security': hstsValue } : {}),
});

/** Returns a class for `createServer`. It also covers responses of node:http itself (400 without Host, 417). */
export const secureResponses = (siteUrl: string) =>
  class extends ServerResponse {
    // Passes node's internal second argument on.
    constructor(request: IncomingMessage, ...rest: object[]) {
      super(...([request, ...rest] as [IncomingMessage]));
      for (const [name, value] of Object.entries(securityHeaders(siteUrl, request.url))) this.setHeader(name, value);
    }
  };

const pathOf = (target: string | undefined): string => (toOriginForm(target) ?? '').replace(/[?#].*$/s, '');

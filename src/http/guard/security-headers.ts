/** What every response tells a browser it may do with it, whoever writes the response. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import { toOriginForm } from './request-target.ts';

/** A year; subdomains belong to whoever runs them. */
const httpsOnly = 'max-age=31536000';
/** What other sites may show or read: the API, feeds and pictures. Pages stay with their own site. */
const shared = /^\/(?:(?:api|feeds|og)\/|favicon\.svg$)/;

/** For whatever is no page: it loads nothing, runs nothing and is framed by nobody. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const always = {
  'Content-Security-Policy': dataPolicy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Origin-Agent-Cluster': '?1',
};

/** The policy of a page that runs the files of this site and these inline scripts (hashes). */
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

/** The headers of any response for this target; whoever writes the response may replace each. */
export const securityHeaders = (siteUrl: string, target?: string): Readonly<Record<string, string>> => ({
  ...always,
  'Cross-Origin-Resource-Policy': shared.test(pathOf(target)) ? 'cross-origin' : 'same-origin',
  // The program itself never speaks TLS: the address that readers use says whether they do.
  ...(siteUrl.startsWith('https:') ? { 'Strict-Transport-Security': httpsOnly } : {}),
});

/** For `createServer`: also what node:http answers by itself (400 without a host, 417) is such a response. */
export const secureResponses = (siteUrl: string) =>
  class extends ServerResponse {
    // The second argument is node's own, and only on its way through.
    constructor(request: IncomingMessage, ...rest: object[]) {
      super(...([request, ...rest] as [IncomingMessage]));
      for (const [name, value] of Object.entries(securityHeaders(siteUrl, request.url))) this.setHeader(name, value);
    }
  };

const pathOf = (target: string | undefined): string => (toOriginForm(target) ?? '').replace(/[?#].*$/s, '');

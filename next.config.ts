/** How Next builds and serves the site: security headers on every answer, nothing that writes or resizes, native packages left outside. */
import type { NextConfig } from 'next';

// Next puts its data into inline scripts whose text differs from page to page: our own server adds their hashes, see src/front.
// Development, which has no such server, also needs eval, inline styles and the reload socket.
const isDevelopment = process.env.NODE_ENV === 'development';
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self'${isDevelopment ? " 'unsafe-inline' 'unsafe-eval'" : ''}`,
  `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ''}`,
  "img-src 'self' blob: data:",
  `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

// A paper's page has a second form, asked for by its ending or by its type; one segment of a route cannot have an ending of its own.
const markdown = '/api/papers/:id.md';
const markdownForms = [
  { source: '/papers/:id(.+)\\.md', destination: markdown },
  {
    source: '/papers/:id((?!date/|week/|month/|trending$).+)',
    has: [{ type: 'header' as const, key: 'accept', value: '.*text/markdown.*' }],
    destination: markdown,
  },
];

// Mails shown in a frame bring a stricter policy of their own, see src/app/mail-page.ts.
const framedMails = 'subscribe/preview$|outbox/[^/]+/html$';

// A page cannot set a cookie.
const openOutbox = { source: '/outbox', has: [{ type: 'query' as const, key: 'key' }], destination: '/outbox/open' };

const config: NextConfig = {
  poweredByHeader: false,
  images: { unoptimized: true },
  // Types are a check of their own, over tests and scripts too; a start does not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3'],
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  headers: async () => [
    { source: `/((?!${framedMails}).*)`, headers: securityHeaders },
    // Its address is a key: it is not told to other sites, and no copy of the page is kept.
    {
      source: '/subscription/:path*',
      headers: [
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Cache-Control', value: 'no-store' },
      ],
    },
    // Anybody's mails, and an address with a key.
    {
      source: '/outbox/:path*',
      headers: [
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'Cache-Control', value: 'no-store' },
      ],
    },
    { source: '/papers/:path+', headers: [{ key: 'Vary', value: 'Accept' }] },
  ],
  rewrites: async () => ({ beforeFiles: [...markdownForms, openOutbox], afterFiles: [], fallback: [] }),
};

export default config;

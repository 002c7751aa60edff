/** How Next builds and serves the site: headers of single addresses, nothing that writes or resizes, native packages left outside. */
import type { NextConfig } from 'next';

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
  // What every response carries is in src/http/guard/security-headers.ts.
  headers: async () => [
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

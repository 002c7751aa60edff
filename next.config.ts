/** Configures Next: rewrites, headers of some addresses, no image optimizer, native packages outside the bundle. */
import type { NextConfig } from 'next';

// A paper has a Markdown representation, by the suffix `.md` or by `Accept`. A Next route segment cannot have a suffix.
const markdown = '/api/papers/:id.md';
const markdownForms = [
  { source: '/papers/:id(.+)\\.md', destination: markdown },
  {
    source: '/papers/:id((?!date/|week/|month/|trending$).+)',
    has: [{ type: 'header' as const, key: 'accept', value: '.*text/markdown.*' }],
    destination: markdown,
  },
];

// Only a route handler can set a cookie, not a page.
const openOutbox = { source: '/outbox', has: [{ type: 'query' as const, key: 'key' }], destination: '/outbox/open' };

const config: NextConfig = {
  poweredByHeader: false,
  images: { unoptimized: true },
  // `tsc` checks types separately, including tests and scripts, so that a build is faster.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3'],
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // src/http/guard/security-headers.ts sets the headers of every response.
  headers: async () => [
    // The address contains a secret token: do not send it to other sites and do not cache the page.
    {
      source: '/subscription/:path*',
      headers: [
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Cache-Control', value: 'no-store' },
      ],
    },
    // These pages show mails of all subscribers, and an address may contain the secret key.
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

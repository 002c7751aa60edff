/** Who may import whom, as docs/ARCHITECTURE.md says: one row for each folder of `src` and each file beside them. */

/** A name stands for itself and all below it: `#core` for `#core/paper.ts`, `node:` for `node:fs`. Every folder may import from itself. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['zod'],
  'core/text': ['#core', 'zod', 'stemmer', 'entities'],
  ingest: ['#core', 'zod', 'node:crypto', 'node:zlib', 'node:stream'],
  query: ['#core', 'zod', '#view/paths.ts', '#view/text/labels.ts'],
  search: ['#core', 'zod', 'node:'],
  read: ['#core', '#query', '#view', '#formats', '#api', 'node:crypto'],
  view: ['#core', '#query', '#formats', 'zod', 'katex'],
  formats: ['#core', '#query', '#view'],
  api: ['#core', '#query', '#read', '#view', '#formats', 'zod'],
  mail: ['#core', '#query', '#read', '#view', '#formats', '#ui/kit/render-html.tsx', 'react', 'postal-mime', 'zod'],
  store: ['#core', 'zod', '@prisma', 'better-sqlite3', 'node:'],
  platform: ['#core', 'zod', 'node:', 'nodemailer'],
  http: ['#core', '#platform', '#formats', 'zod', 'node:'],
  ui: ['#core', '#query', '#view', 'react', 'react-dom', 'next/link', 'next/navigation', 'fuse.js'],
  app: ['#core', '#query', '#read', '#view', '#formats', '#api', '#mail', '#http', '#ui', 'zod', 'next', 'react'],
  // The one door from the routes to the process that serves them.
  'app/server.ts': ['#core', '#wiring', 'server-only'],
  cli: ['#core', '#wiring', '#platform', '#ingest', '#read', '#view', '#formats', '#mail', '#scripts', 'node:', 'commander', 'cli-progress'],
  wiring: ['#core', '#ingest', '#search', '#read', '#view', '#formats', '#api', '#mail', '#store', '#http', '#platform', 'node:'],
  entry: ['#core', '#ingest', '#search', '#store', '#http', '#platform', '#wiring', '#scripts', 'next', 'node:'],
  'instrumentation.ts': ['#wiring', '#platform'],
  'instrumentation-client.ts': ['#ui'],
};

/** Who may import whom: the table of docs/ARCHITECTURE.md as a literal, one row for each folder and each file outside the folders. */

/** A name stands for itself and all below it: `#core` for `#core/paper`, `node:` for `node:fs`. Every folder may import from itself. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['zod', 'stemmer', 'entities'],
  ingest: ['#core', 'zod', 'node:crypto', 'node:zlib', 'node:stream'],
  serve: ['#core', 'zod', 'fuse.js', 'katex', 'node:crypto'],
  // The engine keeps its index in files and runs in a thread of its own.
  'serve/search': ['#core', 'zod', 'fuse.js', 'node:'],
  digest: ['#serve', '#core', '#ui/render-html', 'zod', 'react', 'postal-mime'],
  store: ['#core', '@prisma', 'better-sqlite3', 'node:'],
  platform: ['#core', 'zod', 'node:', 'nodemailer'],
  // The outside as `ingest` asks for it: its ports are filled there.
  'platform/http': ['#core', '#ingest/source', 'zod', 'node:'],
  front: ['#core', '#platform/page-status', '#platform/client-address', '#platform/readiness', 'node:'],
  ui: ['#serve/view', '#serve/query', '#core', 'react', 'react-dom', 'next/link', 'next/navigation', 'fuse.js'],
  app: ['#ui', '#serve', '#core', 'next', 'react', 'zod'],
  // The one door from the routes to what `wiring.ts` made.
  'app/server.ts': ['#wiring', '#serve', '#core', 'next', 'react', 'server-only'],
  // The scripts' one module that bundles need too.
  cli: ['#scripts/lossy-output', '#wiring', '#ingest', '#serve', '#digest', '#platform', '#core', 'node:', 'commander', 'cli-progress'],
  wiring: ['#wiring', '#core', '#ingest', '#serve', '#digest', '#store', '#platform', 'node:'],
  'search-worker.ts': ['#scripts/lossy-output', '#serve/search', '#store', '#core', '#platform/idle-memory', 'node:'],
  'ingest-reader.ts': ['#scripts/lossy-output', '#ingest', '#core', '#platform/clock', 'node:'],
  'store-task.ts': ['#store', 'node:'],
  'instrumentation.ts': ['#wiring', '#platform/start-hook'],
  'instrumentation-client.ts': ['#ui/trusted-types'],
  'server.ts': ['#core/web-origin', '#front/origin-server', '#front/thread-messages', '#platform', 'next', 'node:'],
  'front-thread.ts': ['#scripts/lossy-output', '#front', '#platform', '#wiring/revision', 'node:'],
};

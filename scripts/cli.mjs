/** `npm run ingest`, `digest`, `export`, `doctor` …: builds the command line if needed, then runs it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap();
const { fail } = await import('./fail.mjs');
const { loadDotEnv } = await import('./serve.mjs');
loadDotEnv();
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles']).catch(fail);
await import(pathToFileURL(join(root, 'dist/cli.mjs')).href);

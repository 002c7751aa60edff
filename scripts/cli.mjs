/** `npm run ingest`, `digest`, `export`, `doctor` …: the command line, made ready first where it is not. */
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { loadDotEnv } = await import('./serve.mjs');
loadDotEnv();
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles']);
await import('../dist/cli.mjs');

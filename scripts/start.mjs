/** `npm start`: from a fresh clone to the served site; installs, builds, migrates and seeds what is missing. */
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { fail } = await import('./fail.mjs');
const { checkPort, serve } = await import('./serve.mjs');
await checkPort();
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles', 'site']).catch(fail);
await serve();

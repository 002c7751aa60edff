/** `npm start`: installs, builds, migrates and seeds what is missing, then serves the site. */
import { bootstrap } from './bootstrap.mjs';
import { makeLossy } from './lossy-output.mjs';

makeLossy(process.stdout, process.stderr);
await bootstrap();
const { fail } = await import('./fail.mjs');
const { checkPort } = await import('./check-port.mjs');
await checkPort();
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles', 'site']).catch(fail);
const { serve } = await import('./serve.mjs');
await serve();

/** `npm run dev`: runs Next's development server on the same store as `npm start`. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap();
const { fail } = await import('./fail.mjs');
const { checkPort } = await import('./check-port.mjs');
await checkPort();
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles']).catch(fail);
const { run } = await import('./run-command.mjs');
const setup = await run(process.execPath, [join(root, 'dist/cli.mjs'), 'setup']);
if (setup.code !== 0) process.exit(setup.code);
const { PORT = '3000', HOST = '127.0.0.1', SMTP_URL = '' } = process.env;
if (SMTP_URL.trim() === '') {
  process.env.OUTBOX_KEY ||= randomBytes(32).toString('base64url');
  console.log(`Outbox: http://${HOST}:${PORT}/outbox?key=${encodeURIComponent(process.env.OUTBOX_KEY)}`);
}
const { code } = await run(process.execPath, [
  join(root, 'node_modules/next/dist/bin/next'),
  'dev',
  '-p',
  PORT,
  '-H',
  HOST,
]);
process.exit(code);

/** Prepares the store, serves the built site, and stops cleanly on SIGTERM and SIGINT. Needs what `build.mjs` makes. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from './bootstrap.mjs';
import { fail } from './fail.mjs';
import { onParentGone, run } from './run-command.mjs';

export async function serve() {
  process.chdir(root);
  loadDotEnv();
  process.env.NODE_ENV = 'production';
  const { code } = await run(process.execPath, [join(root, 'dist/cli.mjs'), 'setup']);
  if (code !== 0) process.exit(code);
  const { startServer } = await import(pathToFileURL(join(root, 'src/server.ts')).href);
  const server = await startServer(root).catch(fail);
  console.log(`Paper Digest is at ${server.address} (Ctrl-C stops it).`);
  stopOnSignals(server.stop);
  server.ended.catch(fail);
}

/** What stands in `.env` counts where the environment itself says nothing. */
export function loadDotEnv() {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
}

function stopOnSignals(stop) {
  let stoppingSinceMs = null;
  const onSignal = async () => {
    // One Ctrl-C comes twice, from the terminal and from npm; one that comes later means it.
    if (stoppingSinceMs !== null) return Date.now() - stoppingSinceMs > 1000 && process.exit(1);
    stoppingSinceMs = Date.now();
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, onSignal);
  onParentGone(onSignal);
}

/** Exits with one sentence when something else listens where we shall, before any time is spent on building. */
export async function checkPort() {
  loadDotEnv();
  const { env } = await import(pathToFileURL(join(root, 'src/platform/env.ts')).href);
  await new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen({ host: env().host, port: env().port }, () => probe.close(resolve));
  }).catch(fail);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve();

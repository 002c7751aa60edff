/** The container's command: prepares the store and keeps the server running. Needs what `build.mjs` makes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bootstrap.mjs';
import { makeLossy } from './lossy-output.mjs';
import { run } from './run-command.mjs';
import { supervise } from './supervise.mjs';

/** Does not return. */
export async function serve() {
  process.chdir(root);
  loadDotEnv();
  process.env.NODE_ENV = 'production';
  // Read by the allocator when the server's process starts: see docs/decisions/0021-memory.md.
  process.env.MALLOC_ARENA_MAX ??= '2';
  const node = (...args) => [process.execPath, args.map((arg, at) => (at === 0 ? join(root, arg) : arg))];
  const [command, args] = node('scripts/server-process.mjs');
  const prepare = async () => (await run(...node('dist/cli.mjs', 'setup'))).code;
  process.exit(await supervise({ prepare, command, args }));
}

/** What stands in `.env` counts where the environment itself says nothing. */
export function loadDotEnv() {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  makeLossy(process.stdout, process.stderr);
  await serve();
}

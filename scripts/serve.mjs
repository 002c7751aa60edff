/** The container's command: prepares the store and supervises the server. Needs the output of `build.mjs`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bootstrap.mjs';
import { makeLossy } from './lossy-output.mjs';
import { run } from './run-command.mjs';
import { supervise } from './supervise.mjs';

/** glibc reads these when the server process starts, see docs/decisions/0021-memory.md. */
const allocatorSettings = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' };

/** Does not return. */
export async function serve() {
  process.chdir(root);
  loadDotEnv();
  process.env.NODE_ENV = 'production';
  for (const [name, value] of Object.entries(allocatorSettings)) process.env[name] ??= value;
  const node = (...args) => [process.execPath, args.map((arg, at) => (at === 0 ? join(root, arg) : arg))];
  const [command, args] = node('scripts/server-process.mjs');
  const prepare = async () => (await run(...node('dist/cli.mjs', 'setup'))).code;
  process.exit(await supervise({ prepare, command, args }));
}

/** Loads `.env`. Variables of the environment take precedence. */
export function loadDotEnv() {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  makeLossy(process.stdout, process.stderr);
  await serve();
}

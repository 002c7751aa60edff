/** Runs a TypeScript file of the project on its own Node.js: `run.mjs FILE [ARGUMENT …]`. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap({ needsAll: true });
const { fail } = await import('./fail.mjs');
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles']).catch(fail);
const [first = '', ...rest] = process.argv.slice(2);
// After a folder, the next argument names a file in it: `run.mjs tests/bench/ search`.
const [name, args] = first.endsWith('/') ? [`${first}${rest[0] ?? ''}`, rest.slice(1)] : [first, rest];
const file = `${join(root, name)}.ts`;
if (!existsSync(file)) {
  const others = first.endsWith('/') ? readdirSync(join(root, first)).filter((entry) => entry.endsWith('.ts')) : [];
  console.error(
    `${name.endsWith('/') ? 'Name one.' : `There is no ${name}.ts.`}${others.length > 0 ? ` There are: ${others.map((entry) => entry.slice(0, -3)).join(', ')}.` : ''}`,
  );
  process.exit(2);
}
process.argv = [process.execPath, file, ...args.map(fromCaller)];
await import(pathToFileURL(file).href);

/** Resolves paths relative to the caller's folder, which npm passes in INIT_CWD. */
function fromCaller(argument) {
  const path = resolve(process.env.INIT_CWD ?? root, argument);
  return existsSync(path) && !existsSync(argument) ? path : argument;
}

/** Runs a TypeScript file of the project (`bench`, `evaluate`, `check:recorded`) on its own Node.js: `run.mjs FILE [ARGUMENT …]`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap();
const { ensureBuilt } = await import('./build.mjs');
await ensureBuilt(['client', 'bundles']);
const [, , name = '', ...args] = process.argv;
const file = [name, `${name}.ts`].map((path) => join(root, path)).find((path) => existsSync(path) && path.endsWith('.ts'));
if (!file) {
  console.error(`There is no ${name}.ts in this project.`);
  process.exit(2);
}
process.argv = [process.execPath, file, ...args.map(fromCaller)];
await import(pathToFileURL(file).href);

/** Paths start where the person stood, which npm tells. */
function fromCaller(argument) {
  const path = resolve(process.env.INIT_CWD ?? root, argument);
  return existsSync(path) && !existsSync(argument) ? path : argument;
}

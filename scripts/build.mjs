/** Makes what the sources need before they run, where it is not there or out of date: Prisma's client, the bundles, the site. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';
import { fail } from './fail.mjs';
import { fingerprint, isFresh, removeStamp, writeStamp } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { run } from './run-command.mjs';

const generated = 'src/store/generated';
const packages = ['package.json', 'package-lock.json', 'scripts/build.mjs'];
const sources = ['src', 'prisma', 'tsconfig.json', ...packages];

/** In the order in which they need each other. */
const targets = [
  {
    name: 'client',
    folder: generated,
    label: null,
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', ...packages],
    make: generateClient,
  },
  { name: 'bundles', folder: 'dist', label: null, inputs: sources, make: bundle },
  {
    name: 'site',
    folder: '.next',
    label: 'Building the pages (half a minute the first time) …',
    inputs: [...sources, 'public', 'next.config.ts', 'postcss.config.mjs'],
    make: buildSite,
  },
];

/** What the tool itself said was shown before. */
class BuildError extends Error {
  name = 'BuildError';
}

/** Makes the named targets; everything it has to say goes to standard error. Throws a `BuildError` when one cannot be made. */
export async function ensureBuilt(names) {
  const wanted = targets.filter((target) => names.includes(target.name));
  if (wanted.every(isUpToDate)) return;
  await withLock(
    join(root, '.setup.lock'),
    () => makeAll(wanted),
    () => console.error('Another Paper Digest is building here: waiting for it …'),
  );
}

async function makeAll(wanted) {
  for (const target of wanted) {
    if (isUpToDate(target)) continue;
    if (target.label) console.error(target.label);
    const stamp = stampOf(target);
    // What a killed build left behind is not built upon.
    if (!existsSync(stamp)) rmSync(join(root, target.folder), { recursive: true, force: true });
    const print = printOf(target);
    removeStamp(stamp);
    await target.make();
    writeStamp(stamp, print);
  }
}

const stampOf = (target) => join(root, target.folder, '.stamp');
const printOf = (target) => fingerprint(root, target.inputs, [generated]);
const isUpToDate = (target) => isFresh(stampOf(target), printOf(target));

async function generateClient() {
  await tool('The database client', 'prisma/build/index.js', ['generate']);
}

async function buildSite() {
  await tool('The site', 'next/dist/bin/next', ['build'], { NODE_ENV: 'production' });
}

async function tool(what, script, args, variables = {}) {
  const { code, output } = await run(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    capture: true,
    env: { ...process.env, ...variables },
  });
  if (code === 0) return;
  process.stderr.write(output);
  throw new BuildError(`${what} could not be built.`);
}

/**
 * Node.js reads TypeScript but not TSX, which the mails are written in. And whoever reads TypeScript keeps a compiler in memory, each thread
 * its own: everything that runs as long as the server is bundled too.
 */
async function bundle() {
  const { build, stop } = await import('esbuild');
  const entryPoints = {
    cli: 'src/cli/main.ts',
    server: 'src/entry/web.ts',
    'front-thread': 'src/entry/front-thread.ts',
    'search-thread': 'src/entry/search-thread.ts',
    'ingest-thread': 'src/entry/ingest-thread.ts',
    'store-thread': 'src/entry/store-thread.ts',
  };
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => existsSync(join(root, file)))),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    jsx: 'automatic',
    sourcemap: true,
    logLevel: 'warning',
  }).catch(() => {
    throw new BuildError('The commands could not be bundled.');
  });
  // Otherwise esbuild's process lives as long as the supervisor that built: 20 MB.
  await stop();
  // No clock that is right stands before it, see src/wiring/check-clock.ts.
  writeFileSync(join(root, 'dist/built-at'), new Date().toISOString());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bootstrap();
  await ensureBuilt(targets.map((target) => target.name)).catch(fail);
}

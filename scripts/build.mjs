/** Builds what is missing or outdated: Prisma's client, the bundles and the site. */
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

/** In build order: each target needs those before it. */
const targets = [
  {
    name: 'client',
    folder: generated,
    label: null,
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', ...packages],
    build: generateClient,
  },
  { name: 'bundles', folder: 'dist', label: null, inputs: sources, build: bundle },
  {
    name: 'site',
    folder: '.next',
    label: 'Building the pages (half a minute the first time) …',
    inputs: [...sources, 'public', 'next.config.ts', 'postcss.config.mjs'],
    build: buildSite,
  },
];

/** The tool's own output was printed before. */
class BuildError extends Error {
  name = 'BuildError';
}

/** Builds the named targets unless they are up to date. Prints to standard error. Throws a `BuildError`. */
export async function ensureBuilt(names) {
  const targetsToBuild = targets.filter((target) => names.includes(target.name));
  if (targetsToBuild.every(isUpToDate)) return;
  await withLock(
    join(root, '.setup.lock'),
    () => buildAll(targetsToBuild),
    () => console.error('Another Paper Digest is building here: waiting for it …'),
  );
}

async function buildAll(targetsToBuild) {
  for (const target of targetsToBuild) {
    if (isUpToDate(target)) continue;
    if (target.label) console.error(target.label);
    const stamp = stampOf(target);
    // Without a stamp, the folder comes from a killed build.
    if (!existsSync(stamp)) rmSync(join(root, target.folder), { recursive: true, force: true });
    const hash = fingerprintOf(target);
    removeStamp(stamp);
    await target.build();
    writeStamp(stamp, hash);
  }
}

const stampOf = (target) => join(root, target.folder, '.stamp');
const fingerprintOf = (target) => fingerprint(root, target.inputs, [generated]);
const isUpToDate = (target) => isFresh(stampOf(target), fingerprintOf(target));

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
 * Bundles the commands and threads: Node.js runs TypeScript but not TSX, in which the mails are written. Running
 * TypeScript also keeps a compiler in the memory of each thread.
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
  // Otherwise esbuild's process (20 MB) lives as long as the supervisor.
  await stop();
  // A correct clock is never before this time, see src/wiring/check-clock.ts.
  writeFileSync(join(root, 'dist/built-at'), new Date().toISOString());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bootstrap();
  await ensureBuilt(targets.map((target) => target.name)).catch(fail);
}

/** Installs the packages of package-lock.json if any is missing or differs. Runs on Node.js 20.9 or newer. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { run } from './run-command.mjs';

/** Returns whether it installed packages. `needsAll`: also those that only tests need. npm prints to standard error. */
export async function ensureInstalled(root, needsAll) {
  if (isInstalled(root, needsAll)) return false;
  return withLock(
    join(root, '.setup.lock'),
    () => install(root, needsAll),
    () => console.error('Another Paper Digest is installing or building here: waiting for it …'),
  );
}

async function install(root, needsAll) {
  if (isInstalled(root, needsAll)) return false;
  console.error('Installing the packages (this takes a minute the first time) …');
  for (let attempts = 1; attempts <= 2; attempts++) {
    // Includes what the build and the tests need, even under NODE_ENV=production or omit=dev.
    const args = [
      'ci',
      '--include=dev',
      '--include=optional',
      '--include=peer',
      '--engine-strict=false',
      '--prefer-offline',
      '--loglevel=error',
    ];
    const { code } = await runNpm(args, root);
    if (code === 0) return true;
    if (code > 128) process.exit(code);
  }
  console.error(
    'The packages could not be installed: npm says why above. Check the connection to the package registry and run the command again.',
  );
  return process.exit(1);
}

function runNpm(args, cwd) {
  const stdio = ['ignore', 2, 2];
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // Under `npm run`, use the same npm and the Node.js that runs it.
  if (npm && existsSync(npm))
    return run(node && existsSync(node) ? node : process.execPath, [npm, ...args], { cwd, stdio });
  return run('npm', args, { cwd, stdio, shell: process.platform === 'win32' });
}

function isInstalled(root, needsAll) {
  const hidden = readJson(join(root, 'node_modules/.package-lock.json'));
  const lock = readJson(join(root, 'package-lock.json'));
  return (
    hidden !== null &&
    holdsAll({ locked: lock.packages, installed: hidden.packages, machine: process, needsAll }) &&
    existsSync(join(root, 'node_modules/next/package.json'))
  );
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/**
 * Returns whether `installed` (npm's hidden lock file in node_modules) has every package of the lock at its version.
 * Of optional packages only our own for this machine count: Node.js, which npm skips under `omit=optional`.
 */
export function holdsAll({ locked, installed, machine, needsAll }) {
  const own = locked['']?.optionalDependencies ?? {};
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || installed[path]?.version === entry.version) return true;
    if (entry.peer || (entry.dev && !needsAll)) return true;
    if (!entry.optional) return false;
    return !(path.replace('node_modules/', '') in own) || entry.os !== machine.platform || entry.cpu !== machine.arch;
  });
}

/** Finds or installs the browser for the end-to-end tests. */
import { existsSync, readFileSync } from 'node:fs';
import { run } from './run-command.mjs';

/** Usual paths of Chromium and Chrome, in order of preference. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Returns the `{ path }` of an installed browser, or the commands to `{ install }` one. If `named` does not exist, that
 * is an `{ error }`: no other browser replaces it.
 */
export function chooseBrowser(machine) {
  const { named, exists, bundledPath, isDebianRoot } = machine;
  if (named) return exists(named) ? { path: named } : { error: `CHROMIUM_PATH=${named} is no file.` };
  const path = [...usualPaths, bundledPath].find((candidate) => candidate && exists(candidate));
  if (path) return { path };
  if (isDebianRoot) {
    return {
      install: [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
      ],
    };
  }
  return { install: [['npx', 'playwright', 'install', 'chromium']] };
}

/** Returns the path of a browser and installs one if needed. Throws an error with a message if that fails. */
export async function ensureBrowser() {
  const choice = chooseBrowser(await thisMachine());
  if (choice.path) return choice.path;
  if (choice.error) throw new Error(choice.error);
  for (const [command, ...args] of choice.install) {
    console.log(`There is no browser here: running ${[command, ...args].join(' ')}`);
    const { code } = await run(command, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).catch(
      () => ({ code: 127 }),
    );
    if (code !== 0) break;
  }
  const { path } = chooseBrowser(await thisMachine());
  if (path) return path;
  throw new Error(
    'No browser could be found or installed: install Chromium or Chrome, or name one with CHROMIUM_PATH, and run the tests again.',
  );
}

async function thisMachine() {
  const { chromium } = await import('@playwright/test');
  return {
    named: process.env.CHROMIUM_PATH,
    exists: existsSync,
    bundledPath: chromium.executablePath(),
    isDebianRoot: process.getuid?.() === 0 && isDebian(),
  };
}

/** Accepts Debian only: in a derivative the `chromium` package may be a stub that points to a snap. */
function isDebian() {
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

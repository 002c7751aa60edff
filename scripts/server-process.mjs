/** The server process: serves the built site and stops cleanly. `serve.mjs` starts and restarts it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './bootstrap.mjs';
import { fail, messageOf } from './fail.mjs';
import { makeLossy } from './lossy-output.mjs';
import { onParentGone } from './run-command.mjs';

/** Longer than the limits of the front thread and the stop tasks together. */
const stopLimitMs = 15_000;
/** Limit for stopping after an uncaught error. */
const endLimitMs = 5000;

makeLossy(process.stdout, process.stderr);
process.chdir(root);
process.env.NODE_ENV = 'production';

let server = null;
const stop = async () => server?.stop();
stopOnSignals();
const { endOnUncaughtError, startServer } = await import(pathToFileURL(join(root, 'dist/server.mjs')).href);
const end = endOnUncaughtError(stop, endLimitMs);
server = await startServer(root).catch(failStart);
server.ended.catch(end);
// Messages for the operator at each start.
console.log(`Paper Digest is at ${server.address} (Ctrl-C stops it).`);
// Standard output only, so that no log contains the key.
if (server.outboxAddress !== null) console.log(`Outbox: ${server.outboxAddress}`);
tellSupervisor('listening');

/** Exits with code 1. The supervisor does not restart a server that never listened. */
function failStart(error) {
  if (messageOf(error) !== error) return fail(error);
  console.error(error);
  console.error(`The server could not start: ${error.message}`);
  return process.exit(1);
}

function stopOnSignals() {
  let stoppingSinceMs = null;
  const onSignal = async () => {
    // One Ctrl-C arrives several times: from the terminal, npm and the supervisor. A later one exits at once.
    if (stoppingSinceMs !== null) return Date.now() - stoppingSinceMs > 1000 && process.exit(1);
    stoppingSinceMs = Date.now();
    tellSupervisor('stopping');
    setTimeout(() => process.exit(1), stopLimitMs);
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, onSignal);
  onParentGone(onSignal);
}

function tellSupervisor(message) {
  if (process.connected) process.send(message, () => {});
}

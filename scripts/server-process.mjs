/** The server's own process: serves the built site and stops cleanly. `serve.mjs` starts it, and starts it again when it fails. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './bootstrap.mjs';
import { fail, messageOf } from './fail.mjs';
import { makeLossy } from './lossy-output.mjs';
import { onParentGone } from './run-command.mjs';

/** Longer than the front thread and the stop tasks take at most. */
const stopLimitMs = 15_000;
/** After an uncaught error nothing is worth waiting for longer. */
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
// What the operator must read once at each start is printed here.
console.log(`Paper Digest is at ${server.address} (Ctrl-C stops it).`);
// On standard output alone: no log holds the key.
if (server.outboxAddress !== null) console.log(`Outbox: ${server.outboxAddress}`);
tellSupervisor('listening');

/** With the exit code 1 before the server listened: its supervisor does not start it again. */
function failStart(error) {
  if (messageOf(error) !== error) return fail(error);
  console.error(error);
  console.error(`The server could not start: ${error.message}`);
  return process.exit(1);
}

function stopOnSignals() {
  let stoppingSinceMs = null;
  const onSignal = async () => {
    // One Ctrl-C comes several times: from the terminal, from npm and from the supervisor. One that comes later means it.
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

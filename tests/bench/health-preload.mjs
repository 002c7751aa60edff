/** Loaded before the server by the health bench: ends the search worker when told to. */
import { createRequire, syncBuiltinESMExports } from 'node:module';

const threads = createRequire(import.meta.url)('node:worker_threads');
const running = new Set();
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options) {
    super(file, options);
    if (!String(file).endsWith('search-worker.mjs')) return;
    running.add(this);
    this.once('exit', () => running.delete(this));
  }
};
syncBuiltinESMExports();
process.on('message', (message) => {
  if (message === 'end the search worker') for (const worker of running) void worker.terminate();
});

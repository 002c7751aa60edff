/** The health bench preloads this file: it ends the search worker on a message and measures event loop turns. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Skips the front thread and the search threads.
if (isMainThread) measure();

function measure() {
  const threads = createRequire(import.meta.url)('node:worker_threads');
  const running = new Set();
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options) {
      super(file, options);
      if (!String(file).endsWith('search-thread.mjs')) return;
      running.add(this);
      this.once('exit', () => running.delete(this));
    }
  };
  syncBuiltinESMExports();

  // CPU time of this thread, so that other processes do not affect the duration of a turn.
  let turns = [];
  let before = process.threadCpuUsage();
  setInterval(() => {
    const now = process.threadCpuUsage();
    turns.push((now.user - before.user + now.system - before.system) / 1000);
    before = now;
  }, 1).unref();

  process.on('message', (message) => {
    if (message === 'end the search worker') for (const worker of running) void worker.terminate();
    if (message !== 'tell the turns') return;
    process.send(turns);
    turns = [];
  });
}

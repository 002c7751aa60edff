/** Loaded before the server by the health bench: ends the search worker when told to, and measures the turns of the event loop. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// The front has a thread of its own, and so has each search.
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

  // In processor time of this thread: how long a turn holds up what comes meanwhile, whatever else the machine does.
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

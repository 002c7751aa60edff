/** Tests preload this file to inject faults into a server: FAULT_FILE names a fault, FAULT_LOG floods the log. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { FAULT_FILE = '', FAULT_LOG, FAULT_START } = process.env;

const faults = {
  throw() {
    throw new Error('planted');
  },
  reject() {
    void Promise.reject(new Error('planted'));
  },
  loop() {
    for (;;);
  },
};

// Skips the supervisor and the server's other threads.
if (isMainThread && process.argv[1]?.endsWith('server-process.mjs')) {
  writeFileSync(`${FAULT_FILE}.pid`, String(process.pid));
  if (FAULT_LOG) setInterval(writeLog, 20).unref();
  if (FAULT_START) failStartHook();
  setInterval(lookForFault, 50).unref();
}

/** Writes more in a second than the capacity of a pipe. */
function writeLog() {
  for (let count = 0; count < 20; count++) console.error('x'.repeat(1000));
}

function lookForFault() {
  if (!existsSync(FAULT_FILE)) return;
  const fault = faults[readFileSync(FAULT_FILE, 'utf8')];
  rmSync(FAULT_FILE);
  setTimeout(fault);
}

/** Makes the start hook fail, which starts the search worker. */
function failStartHook() {
  const threads = createRequire(import.meta.url)('node:worker_threads');
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options) {
      if (String(file).endsWith('search-thread.mjs')) throw new Error('planted');
      super(file, options);
    }
  };
  syncBuiltinESMExports();
}

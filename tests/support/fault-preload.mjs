/** Loaded before a server by tests: it does, once each, what the file named by FAULT_FILE says, and writes a full log when FAULT_LOG is set. It leaves the server's process id beside that file. */
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

// Neither the supervisor nor the threads of the server.
if (isMainThread && process.argv[1]?.endsWith('server-process.mjs')) {
  writeFileSync(`${FAULT_FILE}.pid`, String(process.pid));
  if (FAULT_LOG) setInterval(writeLog, 20).unref();
  if (FAULT_START) failStartHook();
  setInterval(lookForFault, 50).unref();
}

/** More in a second than any pipe holds. */
function writeLog() {
  for (let count = 0; count < 20; count++) console.error('x'.repeat(1000));
}

function lookForFault() {
  if (!existsSync(FAULT_FILE)) return;
  const fault = faults[readFileSync(FAULT_FILE, 'utf8')];
  rmSync(FAULT_FILE);
  setTimeout(fault);
}

/** The start hook starts the search worker. */
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

/** The ingest reader: reads a file in a thread of its own and hands over what it found, so that reading and storing go on at once. */
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readAhead } from '#ingest/find-records';
import type { ReaderMessage, ReaderTask } from '#ingest/reader-messages';
import { SourceRefused } from '#ingest/source';
import { findFileSource } from '#ingest/sources/index';
import { makeLossy } from '#scripts/lossy-output';

const lotMax = 200;
/** Lots that were sent and not taken: enough for a writer that is never kept waiting, few enough to keep memory level. */
const sentMax = 6;

makeLossy(process.stderr);
const port = parentPort;
if (!port) throw new Error('ingest-reader runs as a worker thread only');
const post = (message: ReaderMessage) => port.postMessage(message);
const { source, path, options, ...input } = workerData as ReaderTask;

let sent = 0;
let whenTaken: (() => void) | null = null;
port.on('message', () => {
  sent -= 1;
  whenTaken?.();
});

try {
  const bytes = createReadStream(path, { highWaterMark: 1 << 18 });
  for await (const lot of readAhead(findFileSource(source).read({ bytes, ...input }, options), { lotMax, now: input.now })) {
    // As text: that is taken up twice as fast as a tree of objects.
    post({ kind: 'lot', events: JSON.stringify(lot) });
    sent += 1;
    while (sent >= sentMax)
      await new Promise<void>((resolve) => {
        whenTaken = resolve;
      });
  }
  post({ kind: 'end' });
} catch (error) {
  // What the person is told has to keep its kind: an error loses its class between threads. Others end the thread as they are.
  if (!(error instanceof SourceRefused)) throw error;
  post({ kind: 'refused', reason: error.message });
}
port.close();

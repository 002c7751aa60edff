/** The ingest reader: reads a source in its own thread, so that reading and storing overlap. */
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { FetchFailure } from '#core/ports/http-client.ts';
import { readAhead } from '#ingest/find-records.ts';
import { fetchEvents } from '#ingest/reader/fetch-in-reader.ts';
import type { ReaderMessage, ReaderTask, StoringMessage } from '#ingest/reader/reader-messages.ts';
import { SourceRefused } from '#ingest/source.ts';
import { findFileSource } from '#ingest/sources/index.ts';
import { isoNow } from '#platform/clock.ts';
import { makeLossy } from '#scripts/lossy-output.mjs';

/** Unacknowledged batches: enough to keep the writer busy, few enough to bound memory. */
const unacknowledgedMax = 6;

makeLossy(process.stderr);
const port = parentPort;
if (!port) throw new Error('ingest-thread runs as a worker thread only');
const post = (message: ReaderMessage) => port.postMessage(message);
const task = workerData as ReaderTask;
/** A file is read as of one moment, a source on the network as of now. */
const now = task.kind === 'file' ? () => task.now : () => isoNow();

let unacknowledged = 0;
let onTaken: (() => void) | null = null;
const listen = (handle: (message: StoringMessage) => void) => port.on('message', handle);
listen((message) => {
  if (message.kind !== 'taken') return;
  unacknowledged -= 1;
  onTaken?.();
});

function events() {
  if (task.kind === 'fetch') return fetchEvents(task, { post, listen, now });
  const { source, path, options, ...input } = task;
  const bytes = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  return findFileSource(source).read({ bytes, ...input }, options);
}

try {
  for await (const batch of readAhead(events(), now)) {
    // As JSON text: structured cloning of the objects takes twice as long.
    post({ kind: 'lot', events: batch });
    unacknowledged += 1;
    while (unacknowledged >= unacknowledgedMax)
      await new Promise<void>((resolve) => {
        onTaken = resolve;
      });
  }
  post({ kind: 'end' });
} catch (error) {
  // An error loses its class between threads, so expected errors are sent as messages.
  if (error instanceof SourceRefused) post({ kind: 'refused', reason: error.message });
  else if (error instanceof FetchFailure) post({ kind: 'failed', reason: error.message, retryAt: error.retryAt });
  else throw error;
}
port.close();

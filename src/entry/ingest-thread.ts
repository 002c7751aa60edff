/** The ingest reader: reads a source in a thread of its own and hands over what it found, so that reading and storing go on at once. */
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

/** Lots that were sent and not taken: enough for a writer that is never kept waiting, few enough to keep memory level. */
const sentMax = 6;

makeLossy(process.stderr);
const port = parentPort;
if (!port) throw new Error('ingest-thread runs as a worker thread only');
const post = (message: ReaderMessage) => port.postMessage(message);
const task = workerData as ReaderTask;
/** A file is read as of one moment; a source on the network for as long as it takes. */
const now = task.kind === 'file' ? () => task.now : () => isoNow();

let sent = 0;
let whenTaken: (() => void) | null = null;
const listen = (hear: (message: StoringMessage) => void) => port.on('message', hear);
listen((message) => {
  if (message.kind !== 'taken') return;
  sent -= 1;
  whenTaken?.();
});

function events() {
  if (task.kind === 'fetch') return fetchEvents(task, { post, listen, now });
  const { source, path, options, ...input } = task;
  const bytes = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  return findFileSource(source).read({ bytes, ...input }, options);
}

try {
  for await (const lot of readAhead(events(), now)) {
    // As text: that is taken up twice as fast as a tree of objects.
    post({ kind: 'lot', events: lot });
    sent += 1;
    while (sent >= sentMax)
      await new Promise<void>((resolve) => {
        whenTaken = resolve;
      });
  }
  post({ kind: 'end' });
} catch (error) {
  // What the person is told has to keep its kind: an error loses its class between threads. Others end the thread as they are.
  if (error instanceof SourceRefused) post({ kind: 'refused', reason: error.message });
  else if (error instanceof FetchFailure) post({ kind: 'failed', reason: error.message, retryAt: error.retryAt });
  else throw error;
}
port.close();

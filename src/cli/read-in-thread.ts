/** A file's events, read and tagged by another thread while this one stores: both cores work, the order is the same. */
import { on } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FoundEvent } from '#ingest/find-records';
import type { ReaderMessage, ReaderTask } from '#ingest/reader-messages';
import { SourceRefused } from '#ingest/source';

/** Enough for the longest line many times over; without a limit the thread would put off its cleaning. */
const heapMbMax = 256;

/** Throws what reading throws, in its place among the events; ends the thread when it is left early. */
export async function* readInThread(task: ReaderTask): AsyncGenerator<FoundEvent> {
  const worker = new Worker(join(process.cwd(), 'dist', 'ingest-reader.mjs'), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: heapMbMax },
  });
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[ReaderMessage]>) {
      if (message.kind === 'end') return;
      if (message.kind === 'refused') throw new SourceRefused(message.reason);
      worker.postMessage('taken');
      yield* JSON.parse(message.events) as FoundEvent[];
    }
    throw new Error('the thread that reads the file ended early');
  } finally {
    await worker.terminate();
  }
}

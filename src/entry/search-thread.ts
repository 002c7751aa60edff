/** The search worker: wires the index to its own read-only connection and the thread that asks it. */
import { parentPort, workerData } from 'node:worker_threads';
import { giveMemoryBackWhenIdle } from '#platform/idle-memory.ts';
import { makeLossy } from '#scripts/lossy-output.mjs';
import { createIndexFolder } from '#search/index/index-folder.ts';
import { SearchService } from '#search/worker/search-service.ts';
import type { CallMessage } from '#search/worker/worker-messages.ts';
import { openReadOnly } from '#store/sqlite/database.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';

/** What the process hands over when it starts the worker. */
type SearchWorkerData = {
  readonly databaseFile: string;
  /** Where the index is kept between starts. */
  readonly indexFolder: string;
  /** For a command, which ends soon: the index is loaded or built, and not saved. */
  readonly isForCommand?: boolean;
};

makeLossy(process.stdout, process.stderr);
const port = parentPort;
if (!port) throw new Error('search-thread runs as a worker thread only');
const { databaseFile, indexFolder, isForCommand } = workerData as SearchWorkerData;
giveMemoryBackWhenIdle();
const service = new SearchService({
  documents: createSearchDocuments(openReadOnly(databaseFile)),
  files: createIndexFolder(indexFolder),
  post: (message) => port.postMessage(message),
});
port.on('message', (message: CallMessage) => void service.answer(message));
// A failure ends the thread with its error; the process then starts another one.
await (isForCommand ? service.start() : service.run());

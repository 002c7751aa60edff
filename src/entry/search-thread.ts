/** The search thread: connects the index to a read-only store connection and to the calling thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { giveMemoryBackWhenIdle } from '#platform/idle-memory.ts';
import { makeLossy } from '#scripts/lossy-output.mjs';
import { createIndexFolder } from '#search/index/index-folder.ts';
import { SearchService } from '#search/worker/search-service.ts';
import type { CallMessage } from '#search/worker/worker-messages.ts';
import { openReadOnly } from '#store/sqlite/database.ts';
import { createSearchDocuments } from '#store/sqlite/papers/search-documents.ts';

/** Data that the process passes to the thread. */
type SearchWorkerData = {
  readonly databaseFile: string;
  /** Folder of the saved index. */
  readonly indexFolder: string;
  /** A command ends soon: it loads or builds the index and does not save it. */
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
// An error ends the thread. The process then starts another.
await (isForCommand ? service.start() : service.run());

/** The search worker: wires the index, or the search in SQL, to its own read-only connection and the thread that asks it. */
import { parentPort, workerData } from 'node:worker_threads';
import { giveMemoryBackWhenIdle } from '#platform/idle-memory';
import { makeLossy } from '#scripts/lossy-output';
import { createIndexFolder } from '#serve/search/index-folder';
import { SearchService } from '#serve/search/search-service';
import { type CallMessage, clockMs, type WorkerMessage } from '#serve/search/worker-messages';
import { openReadable } from '#store/database';
import { createSearchDocuments } from '#store/search-documents';
import { createSqlSearch } from '#store/sql-search';

/** What the server hands over when it starts the worker. */
type SearchWorkerData = {
  readonly databaseFile: string;
  /** Where the index is kept between starts; null for the search in SQL. */
  readonly indexFolder: string | null;
};

makeLossy(process.stdout, process.stderr);
const port = parentPort;
if (!port) throw new Error('search-worker runs as a worker thread only');
const { databaseFile, indexFolder } = workerData as SearchWorkerData;
const database = openReadable(databaseFile);
const post = (message: WorkerMessage) => port.postMessage(message);

if (indexFolder === null) {
  const { search } = createSqlSearch(database);
  port.on('message', async (message: CallMessage) => {
    if (message.name !== 'search' || clockMs() > message.untilMs) return;
    const { id } = message;
    await search(message.ask).then(
      (value) => post({ id, value }),
      (error: Error) => post({ id, error: error.stack ?? error.message }),
    );
  });
} else {
  giveMemoryBackWhenIdle();
  const service = new SearchService({ documents: createSearchDocuments(database), files: createIndexFolder(indexFolder), post });
  port.on('message', (message: CallMessage) => void service.answer(message));
  // A failure ends the thread with its error; the server then starts another one.
  await service.run();
}

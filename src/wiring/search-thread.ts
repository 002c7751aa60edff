/** Starts the search thread. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

type SearchWorkerData = {
  readonly databaseFile: string;
  readonly indexFolder: string;
  readonly isForCommand?: boolean;
};

export function startSearchWorker(workerData: SearchWorkerData): Worker {
  // The bundler of the site would try to resolve `new Worker(…)`. The build creates this file.
  return Reflect.construct(Worker, [join(process.cwd(), 'dist', 'search-thread.mjs'), { workerData }]);
}

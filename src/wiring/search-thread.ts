/** Starts the thread that searches. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

type SearchWorkerData = {
  readonly databaseFile: string;
  readonly indexFolder: string;
  readonly isForCommand?: boolean;
};

export function startSearchWorker(workerData: SearchWorkerData): Worker {
  // Not `new Worker(…)`: the site's bundler would take that for a module of the site. The file is made by the build.
  return Reflect.construct(Worker, [join(process.cwd(), 'dist', 'search-thread.mjs'), { workerData }]);
}

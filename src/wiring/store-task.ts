/** Work on the store that would keep the pages waiting: done in a thread that ends with it. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createServerLog } from './log.ts';

export type StoreTask = 'integrity' | 'checkpoint';

/** Calls `onResult` with what the thread found: problems, or whether a checkpoint was noted. */
export function startTask(databaseFile: string, task: StoreTask, onResult: (result: unknown) => void): void {
  // Not `new Worker(…)`: the site's bundler would take that for a module of the site. The file is made by the build.
  const worker: Worker = Reflect.construct(Worker, [
    join(process.cwd(), 'dist', 'store-thread.mjs'),
    { workerData: { databaseFile, task } },
  ]);
  worker.unref();
  worker.once('message', onResult);
  worker.once('error', (error) =>
    createServerLog().warn('the store could not be checked', { file: databaseFile, error: String(error) }),
  );
}

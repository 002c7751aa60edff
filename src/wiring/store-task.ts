/** Runs a slow task on the store in a worker thread, so that pages do not wait for it. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createServerLog } from './log.ts';

export type StoreTask = 'integrity' | 'checkpoint';

/** Calls `onResult` with the errors of an integrity check, or with whether a checkpoint was recorded. */
export function startTask(databaseFile: string, task: StoreTask, onResult: (result: unknown) => void): void {
  // The bundler of the site would try to resolve `new Worker(…)`. The build creates this file.
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

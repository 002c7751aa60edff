/** Runs one maintenance task of the store and ends: checks its pages, or marks a checkpoint. */
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { checkIntegrity } from '#store/sqlite/file/check-integrity.ts';
import { noteCheckpoint } from '#store/sqlite/file/mark-checkpoint.ts';

export type StoreTaskData = { readonly databaseFile: string; readonly task: 'integrity' | 'checkpoint' };

const { databaseFile, task } = workerData as StoreTaskData;
// Linux has priorities per thread. Elsewhere this would slow the whole server.
if (process.platform === 'linux') setPriority(19);
parentPort?.postMessage(
  task === 'integrity' ? await checkIntegrity(databaseFile, (ms) => sleep(ms)) : noteCheckpoint(databaseFile),
);

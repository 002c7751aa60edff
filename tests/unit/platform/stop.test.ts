/** Stopping: every task runs once, the last added first, and none can hold the process up. */
import { expect, it } from 'vitest';
import { onStop, runStopTasks } from '#platform/stop.ts';

it('runs the tasks once, the last added first', async () => {
  const done: string[] = [];
  onStop(() => void done.push('store'));
  onStop(async () => void done.push('worker'));
  expect(await runStopTasks(1000)).toEqual([]);
  expect(await runStopTasks(1000)).toEqual([]);
  expect(done).toEqual(['worker', 'store']);
});

it('goes on after a task that fails, and hands its error over', async () => {
  const done: string[] = [];
  const error = new Error('stuck');
  onStop(() => void done.push('store'));
  onStop(() => Promise.reject(error));
  expect(await runStopTasks(1000)).toEqual([error]);
  expect(done).toEqual(['store']);
});

it('does not wait for ever', async () => {
  onStop(() => new Promise<void>(() => {}));
  expect(await runStopTasks(20)).toEqual([new Error('Stopping took longer than 20 ms.')]);
});

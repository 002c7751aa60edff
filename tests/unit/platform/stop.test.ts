/** Tests the stop tasks: each runs once, in reverse order, and none delays the exit beyond the limit. */
import { expect, it } from 'vitest';
import { onStop, runStopTasks } from '#platform/stop.ts';

it('stop tasks run once, in reverse order', async () => {
  const done: string[] = [];
  onStop(() => void done.push('store'));
  onStop(async () => void done.push('worker'));
  expect(await runStopTasks(1000)).toEqual([]);
  expect(await runStopTasks(1000)).toEqual([]);
  expect(done).toEqual(['worker', 'store']);
});

it('a failing stop task does not stop the others, and its error is returned', async () => {
  const done: string[] = [];
  const error = new Error('stuck');
  onStop(() => void done.push('store'));
  onStop(() => Promise.reject(error));
  expect(await runStopTasks(1000)).toEqual([error]);
  expect(done).toEqual(['store']);
});

it('a stop task that never ends is abandoned after the limit', async () => {
  onStop(() => new Promise<void>(() => {}));
  expect(await runStopTasks(20)).toEqual([new Error('Stopping took longer than 20 ms.')]);
});

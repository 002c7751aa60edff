/** Collects the tasks that release resources before the process exits. The server runs them once. */
import { processSingleton } from '#core/process-singleton.ts';

type Task = () => Promise<void> | void;

const tasks = processSingleton('stop-tasks', () => new Set<Task>());

/** Runs `task` when the server stops. */
export function onStop(task: Task): void {
  tasks.add(task);
}

/** Runs all tasks in reverse order for at most `limitMs`. Returns their errors. */
export async function runStopTasks(limitMs: number): Promise<unknown[]> {
  const pending = [...tasks].reverse();
  tasks.clear();
  const errors: unknown[] = [];
  const all = (async () => {
    for (const task of pending) {
      try {
        await task();
      } catch (error) {
        errors.push(error);
      }
    }
  })();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((done) => {
    timer = setTimeout(() => {
      errors.push(new Error(`Stopping took longer than ${limitMs} ms.`));
      done();
    }, limitMs);
  });
  await Promise.race([all, limit]);
  clearTimeout(timer);
  return errors;
}

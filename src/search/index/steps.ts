/** Runs long work that is written as a generator. Each `yield` ends a step of a few milliseconds. */

/** Runs all steps without pauses and returns the result. */
export function runToEnd<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Lets the event loop handle messages and timers. */
export const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs the steps with a pause after each and returns the result. */
export async function runWithPauses<T>(steps: Generator<void, T>): Promise<T> {
  let step = steps.next();
  for (; !step.done; step = steps.next()) await pause();
  return step.value;
}

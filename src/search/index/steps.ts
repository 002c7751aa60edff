/** Long work as a generator: whoever runs it decides what happens between its steps. */

/** The result, without a pause between the steps. */
export function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

export const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The result, with time for messages and timers between the steps. */
export async function withPauses<T>(steps: Generator<void, T>): Promise<T> {
  let step = steps.next();
  for (; !step.done; step = steps.next()) await pause();
  return step.value;
}

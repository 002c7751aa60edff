/** Counts the work of a call with V8's precise coverage, so that other load on the machine has no effect. */
import { Session } from 'node:inspector/promises';

export type WorkCounter = { count(run: () => unknown): Promise<number>; end(): void };

/** Counts executed blocks in `src` and in the parsers of packages. Regular expressions and built-ins do not count. */
export async function createWorkCounter(): Promise<WorkCounter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => /\/src\/(?!store\/generated)|\/node_modules\/(?:entities|postal-mime)\//.test(url))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
      .reduce((sum, count) => sum + count, 0);
  };
  return {
    async count(run) {
      await take(); // Resets the counters.
      await run();
      return take();
    },
    end: () => session.disconnect(),
  };
}

/** How much work a call does, counted by the engine: how often each block of code is run, whatever the machine does beside it. */
import { Session } from 'node:inspector/promises';

export type WorkCounter = { count(run: () => unknown): Promise<number>; end(): void };

/** Counts the blocks of the project's own sources and of the parsers that it takes from packages; regular expressions and what the engine does itself count as nothing. */
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
      await take(); // the counters begin anew
      await run();
      return take();
    },
    end: () => session.disconnect(),
  };
}

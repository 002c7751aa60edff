/** Returns memory to the system after a busy time: an idle V8 does not collect its garbage. */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Interval between two checks of a thread's load. */
const checkEveryMs = 10_000;
/** A thread is idle below this event loop utilization. */
const idleShare = 0.05;

type Collect = (how: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;

/**
 * Starts the checks. Call it once in each long-lived thread. It collects once after each busy time, which takes about
 * 100 ms.
 */
export function giveMemoryBackWhenIdle(
  collect: () => void = loadCollector(),
  wasBusy: () => boolean = createBusyCheck(),
): void {
  let hasGarbage = true;
  setInterval(() => {
    if (wasBusy()) hasGarbage = true;
    else if (hasGarbage) {
      collect();
      hasGarbage = false;
      wasBusy(); // Resets the measurement: the collection itself does not count as work.
    }
  }, checkEveryMs).unref();
}

/** Returns a function that tells whether the thread was busy since its last call. */
function createBusyCheck(): () => boolean {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization > idleShare;
  };
}

/** V8 exposes `gc` only in contexts that are created after the flag is set. */
function loadCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  return () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

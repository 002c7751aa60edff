/** Gives memory back after a busy time: V8 keeps what it took until it is as busy again, which may be never. */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often a thread looks whether it has little to do. */
const lookEveryMs = 10_000;
/** A thread that works for a smaller share of its time is idle. */
const idleShare = 0.05;

type Collect = (how: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;

/** Call it once in each thread that lives as long as the server. The collection takes a tenth of a second, and happens once after each busy time. */
export function giveMemoryBackWhenIdle(
  collect: () => void = loadCollector(),
  wasBusy: () => boolean = watchWork(),
): void {
  let hasGarbage = true;
  setInterval(() => {
    if (wasBusy()) hasGarbage = true;
    else if (hasGarbage) {
      collect();
      hasGarbage = false;
      wasBusy(); // the collection's own work is not counted
    }
  }, lookEveryMs).unref();
}

/** Tells whether the thread worked for a larger share of the time since it was last asked. */
function watchWork(): () => boolean {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization > idleShare;
  };
}

/** V8's own function, which a context made after the flag was set has. */
function loadCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  return () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

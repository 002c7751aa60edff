/** Measures calls in CPU time and in wall-clock time. Other load on the machine affects only the second. */

type Percentiles = { readonly p50: string; readonly p95: string };

/** Rounds before the measurement, so that JIT compilation does not count. */
const warmUps = 3;

/** Returns percentiles in ms over all rounds of all calls. */
export function timeCalls(
  rounds: number,
  calls: readonly (() => void)[],
): { readonly cpu: Percentiles; readonly clock: Percentiles } {
  for (let i = 0; i < Math.min(warmUps, rounds); i++) for (const call of calls) call();
  const [cpu, clock]: [number[], number[]] = [[], []];
  for (let i = 0; i < rounds; i++) {
    for (const call of calls) {
      const [start, startMs] = [process.cpuUsage(), performance.now()];
      call();
      const { user, system } = process.cpuUsage(start);
      clock.push(performance.now() - startMs);
      cpu.push((user + system) / 1000);
    }
  }
  return { cpu: percentilesOf(cpu), clock: percentilesOf(clock) };
}

function percentilesOf(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
  return { p50: at(0.5), p95: at(0.95) };
}

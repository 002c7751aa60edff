/** Runs each job once per time slot, in one of several processes: the one that gets the lease. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { Clock } from './clock.ts';
import { type HeldLease, type LeasePorts, tryLease } from './lease.ts';
import type { Log } from './log.ts';

export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** Its writes check the lease. An error is logged, and the job runs again in the next slot. */
  run(heldLease: HeldLease, signal: AbortSignal): Promise<void>;
};

/** Records the last completed slot of each job. Slot n lasts from n × everyMs to (n + 1) × everyMs since 1970. */
type Schedule = {
  lastSlot(job: string): number;
  done(job: string, slot: number, at: string): void;
};

export type SchedulerPorts = {
  readonly jobs: readonly Job[];
  readonly lease: LeasePorts['lease'];
  readonly schedule: AsyncPort<Schedule>;
  readonly clock: Clock;
  readonly log: Log;
  /** Interval between two checks for due jobs. */
  readonly tickMs?: number;
};

/** Starts at once. Returns a function that stops the scheduler and resolves when the current job has ended. */
export function startScheduler(ports: SchedulerPorts): () => Promise<void> {
  const stop = new AbortController();
  const running = loop(ports, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function loop(ports: SchedulerPorts, signal: AbortSignal): Promise<void> {
  const { clock, log, tickMs = 5_000 } = ports;
  while (!signal.aborted) {
    await runDue(ports, signal).catch((error: unknown) =>
      log.error('the scheduler met an error', { error: String(error) }),
    );
    await clock.wait(tickMs, signal).catch(() => {}); // Only `stop` aborts the wait.
  }
}

async function runDue(ports: SchedulerPorts, signal: AbortSignal): Promise<void> {
  const slots = await Promise.all(ports.jobs.map((job) => dueSlot(job, ports)));
  if (slots.every((slot) => slot === null)) return;
  await tryLease(ports, async (heldLease) => {
    for (const job of ports.jobs) {
      const slot = await dueSlot(job, ports); // Read again: the previous lease holder may have run the job.
      if (slot === null || signal.aborted) continue;
      await job
        .run(heldLease, signal)
        .catch((error: unknown) => ports.log.warn('a scheduled job failed', { job: job.name, error: String(error) }));
      heldLease.check();
      if (!signal.aborted) await ports.schedule.done(job.name, slot, new Date(ports.clock.nowMs()).toISOString());
    }
  });
}

/** Ignores a last slot far ahead: the clock was set back since, or `everyMs` has changed. */
async function dueSlot({ name, everyMs }: Job, { schedule, clock }: SchedulerPorts): Promise<number | null> {
  const slot = Math.floor(clock.nowMs() / everyMs);
  const last = await schedule.lastSlot(name);
  return last < slot || last > slot + 1 ? slot : null;
}

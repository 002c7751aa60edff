/** Runs each job once in every time slot, in one of however many processes: the lease decides who, the store remembers what was done. */
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { Clock } from './clock.ts';
import { type HeldLease, type LeasePorts, tryLease } from './lease.ts';
import type { Log } from './log.ts';

export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** Its writes check the hold. What it throws is logged; the job comes again in the next slot. */
  run(hold: HeldLease, signal: AbortSignal): Promise<void>;
};

/** Which slot of a job was done last: slot n lasts from n × everyMs to (n + 1) × everyMs since 1970. */
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
  /** How often is looked whether something is due. */
  readonly tickMs?: number;
};

/** Begins at once; the answer stops it and resolves when the job at hand has ended. */
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
    await clock.wait(tickMs, signal).catch(() => {}); // rejected by the stop alone
  }
}

async function runDue(ports: SchedulerPorts, signal: AbortSignal): Promise<void> {
  const slots = await Promise.all(ports.jobs.map((job) => dueSlot(job, ports)));
  if (slots.every((slot) => slot === null)) return;
  await tryLease(ports, async (hold) => {
    for (const job of ports.jobs) {
      const slot = await dueSlot(job, ports); // asked again: whoever held the lease before may have done it
      if (slot === null || signal.aborted) continue;
      await job
        .run(hold, signal)
        .catch((error: unknown) => ports.log.warn('a scheduled job failed', { job: job.name, error: String(error) }));
      hold.check();
      if (!signal.aborted) await ports.schedule.done(job.name, slot, new Date(ports.clock.nowMs()).toISOString());
    }
  });
}

/** A slot that is far ahead was noted by a clock that has been set back since, or counts in another length: it counts as never. */
async function dueSlot({ name, everyMs }: Job, { schedule, clock }: SchedulerPorts): Promise<number | null> {
  const slot = Math.floor(clock.nowMs() / everyMs);
  const last = await schedule.lastSlot(name);
  return last < slot || last > slot + 1 ? slot : null;
}

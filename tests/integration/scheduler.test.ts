/** Tests the scheduler in several processes on one database file, with a clock that the test sets. */
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '#platform/log.ts';
import { startScheduler } from '#platform/scheduler.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { createLease } from '#store/sqlite/ingest/lease.ts';
import { createSchedule } from '#store/sqlite/ingest/schedule-store.ts';
import { createFakeTime } from '#tests/fake-clock.ts';
import { aTempStore } from '#tests/temp-store.ts';

const hourMs = 3_600_000;
const silent = createLog({ level: 'silent', write: () => {}, now: () => '' });

type Ran = { readonly process: number; readonly job: string; readonly slot: number };

function someProcesses(count: number, { names = ['hf'], runMs = 1_000, fails = false } = {}) {
  const { file, database: shared } = aTempStore();
  const time = createFakeTime();
  const [begun, ended]: [Ran[], Ran[]] = [[], []];
  const each = Array.from({ length: count }, (_, process) => {
    const database = openForWriting(file);
    const clock = time.aClock();
    const jobs = names.map((job) => ({
      name: job,
      everyMs: hourMs,
      async run(_hold: unknown, signal: AbortSignal) {
        const ran = { process, job, slot: Math.floor(time.nowMs() / hourMs) };
        begun.push(ran);
        await clock.wait(runMs, signal);
        ended.push(ran);
        if (fails) throw new Error('no answer');
      },
    }));
    const start = () =>
      startScheduler({
        jobs,
        lease: createLease(database, 'ingest'),
        schedule: createSchedule(database),
        clock,
        log: silent,
      });
    onTestFinished(() => {
      database.close();
    });
    return { clock, start };
  });
  return { time, each, begun, ended, schedule: createSchedule(shared) };
}

const slotsOf = (ran: readonly Ran[], job = 'hf') => ran.filter((one) => one.job === job).map((one) => one.slot);

it('one of three processes runs each slot of each job once', async () => {
  const { time, each, ended } = someProcesses(3, { names: ['hf', 'arxiv:cs.CL'] });
  const stops = each.map((one) => one.start());
  await time.pass(5 * hourMs + 60_000);
  const first = Math.floor(time.nowMs() / hourMs) - 5;
  for (const job of ['hf', 'arxiv:cs.CL'])
    expect(slotsOf(ended, job)).toEqual([0, 1, 2, 3, 4, 5].map((n) => first + n));
  await Promise.all(stops.map((stop) => stop()));
});

it('another process takes over the slot of a killed one within a minute, and runs a missed slot once', async () => {
  const { time, each, begun, ended } = someProcesses(2, { runMs: 10 * 60_000 });
  const [killed, other] = each;
  killed?.start();
  await time.pass(60_000);
  const stop = other?.start();
  killed?.clock.freeze();
  const before = begun.length;
  await time.pass(60_000);
  expect(begun.slice(before).map((one) => one.process)).toEqual([1]);
  await time.pass(11 * 60_000);
  expect(ended.map((one) => one.process)).toEqual([1]);
  await stop?.();
});

it('after a night without a process, the current slot runs once', async () => {
  const { time, each, ended } = someProcesses(1);
  const stop = each[0]?.start();
  await time.pass(60_000);
  await stop?.();
  await time.pass(10 * hourMs);
  const again = each[0]?.start();
  await time.pass(60_000);
  expect(ended).toHaveLength(2);
  await again?.();
});

it('a failed job runs again in the next slot, and an interrupted job in the same slot', async () => {
  const failing = someProcesses(1, { fails: true });
  const stop = failing.each[0]?.start();
  await failing.time.pass(2 * hourMs + 60_000);
  expect(new Set(slotsOf(failing.ended)).size).toBe(3);
  expect(failing.ended).toHaveLength(3);
  await stop?.();

  const stopped = someProcesses(2, { runMs: 10 * 60_000 });
  const stopFirst = stopped.each[0]?.start();
  await stopped.time.pass(60_000);
  await stopFirst?.();
  const stopSecond = stopped.each[1]?.start();
  await stopped.time.pass(11 * 60_000);
  expect(stopped.begun.map((one) => one.process)).toEqual([0, 1]);
  expect(stopped.begun[0]?.slot).toBe(stopped.begun[1]?.slot);
  expect(stopped.ended).toHaveLength(1);
  await stopSecond?.();
});

it.each([400, -3000])('after the clock jumped by %i days and back, every slot runs', async (days) => {
  const { time, each, ended } = someProcesses(2);
  const stops = each.map((one) => one.start());
  await time.pass(60_000);
  time.jump(days * 24 * hourMs);
  await time.pass(60_000);
  time.jump(-days * 24 * hourMs);
  const [before, first] = [ended.length, Math.floor(time.nowMs() / hourMs)];
  await time.pass(3 * hourMs);
  expect(slotsOf(ended.slice(before)).filter((slot) => slot > first)).toEqual([1, 2, 3].map((n) => first + n));
  await Promise.all(stops.map((stop) => stop()));
});

it('a longer interval applies at once, whatever slot of the shorter interval ran last', async () => {
  const { time, each, ended, schedule } = someProcesses(1);
  schedule.done('hf', Math.floor(time.nowMs() / (hourMs / 60)), '');
  const stop = each[0]?.start();
  await time.pass(60_000);
  expect(ended).toHaveLength(1);
  await stop?.();
});

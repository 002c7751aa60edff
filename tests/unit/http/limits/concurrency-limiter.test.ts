/** The limiter runs a bounded number of tasks, queues the rest, and serves the clients round robin. */
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConcurrencyLimiter, type Kind, type LimiterOptions } from '#http/limits/concurrency-limiter.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const unlimited: Readonly<Record<Kind, number>> = { page: 1000, write: 1000, export: 1000 };

/** A limiter whose tasks end when the test ends them. `log` lists the started and the dropped tasks. */
function aLimiter(options: Partial<LimiterOptions> = {}) {
  const limiter = createConcurrencyLimiter({
    slots: 2,
    slotTimeoutMs: 1e6,
    runningMax: unlimited,
    queueMax: 100,
    ...options,
  });
  const log: string[] = [];
  const running = new Map<string, () => void>();
  const works = new Map<string, Parameters<typeof limiter.add>[1]>();
  const add = (client: string, name: string, kind: Kind = 'page') => {
    const work = works.get(name) ?? {
      kind,
      run: () => {
        log.push(name);
        return new Promise<void>((resolve) => running.set(name, resolve));
      },
      dropFor: (loser: string) => log.push(`${loser} loses ${name}`),
    };
    works.set(name, work);
    limiter.add(client, work);
  };
  const remove = (client: string, name: string) => {
    const work = works.get(name);
    if (work) limiter.remove(client, work);
  };
  const end = async (name: string) => {
    running.get(name)?.();
    running.delete(name);
    await new Promise(setImmediate);
  };
  return { limiter, log, running, add, remove, end };
}

test('the limiter serves clients round robin, however many requests the first has', async () => {
  const { add, end, log } = aLimiter({ slots: 1 });
  for (const name of ['a1', 'a2', 'a3', 'a4']) add('a', name);
  add('b', 'b1');
  add('b', 'b2');
  add('c', 'c1');
  for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) await end(name);
  expect(log).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

test('when the queue is full, the client with the most requests loses its newest to a newcomer', () => {
  const { add, limiter, log } = aLimiter({ slots: 1, queueMax: 3 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) add('a', name);
  add('b', 'b1');
  expect(log).toEqual(['a1', 'a loses a5', 'a loses a4']);
  expect(limiter.waiting()).toBe(3);
});

test('among clients with equally many requests, the newcomer loses its request', () => {
  const { add, log } = aLimiter({ slots: 1, queueMax: 2 });
  for (const client of ['x', 'a', 'b', 'c']) add(client, `${client}1`);
  expect(log).toEqual(['x1', 'c loses c1']);
});

test('work that several clients wait for runs once, at the first client’s turn', async () => {
  const { add, end, log, limiter } = aLimiter({ slots: 1 });
  for (const name of ['a1', 'a2', 'a3', 'shared']) add('a', name);
  add('b', 'shared');
  await end('a1');
  await end('a2');
  expect(log).toEqual(['a1', 'a2', 'shared']);
  expect(limiter.waiting()).toBe(1);
});

test('a slow task frees its slot early, up to the limit of its kind', async () => {
  const { add, log, end } = aLimiter({ slots: 1, slotTimeoutMs: 10, runningMax: { page: 2, write: 1, export: 1 } });
  for (const name of ['p1', 'p2', 'p3']) add('a', name);
  for (const name of ['w1', 'w2']) add('a', name, 'write');
  await expect.poll(() => log).toEqual(['p1', 'p2', 'w1']);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(log).toEqual(['p1', 'p2', 'w1']);
  await end('p1');
  await expect.poll(() => log).toEqual(['p1', 'p2', 'w1', 'p3']);
  await end('w1');
  await expect.poll(() => log).toEqual(['p1', 'p2', 'w1', 'p3', 'w2']);
});

test('a slow task frees its slot only once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { add, log, end } = aLimiter({ slots: 1, slotTimeoutMs: 10 });
  for (const name of ['slow 1', 'slow 2']) add('a', name);
  for (let i = 0; i < 2; i++) vi.advanceTimersByTime(10);
  expect(log).toEqual(['slow 1', 'slow 2']);
  for (const name of ['slow 1', 'slow 2']) await end(name);
  for (const name of ['next', 'waits', 'waits too']) add('a', name);
  expect(log).toEqual(['slow 1', 'slow 2', 'next']);
  await end('next');
  expect(log).toEqual(['slow 1', 'slow 2', 'next', 'waits']);
});

/** The same limiter, written naively with arrays. */
function naiveLimiter(slots: number, queueMax: number) {
  const log: string[] = [];
  const running: string[] = [];
  let waiting: { readonly client: string; readonly name: string }[] = [];
  let order: string[] = [];
  const tidy = () => {
    order = order.filter((client) => waiting.some((item) => item.client === client));
  };
  const startNext = () => {
    while (running.length < slots && order[0] !== undefined) {
      const [client] = order;
      const next = waiting.find((item) => item.client === client);
      if (!next) return;
      waiting = waiting.filter((item) => item.name !== next.name);
      order = [...order.slice(1), client];
      tidy();
      running.push(next.name);
      log.push(next.name);
    }
  };
  const countOf = (client: string) => waiting.filter((item) => item.client === client).length;
  return {
    log,
    running,
    add(client: string, name: string) {
      waiting.push({ client, name });
      if (!order.includes(client)) order.push(client);
      startNext();
      if (waiting.length <= queueMax) return;
      const most = Math.max(...order.map(countOf));
      const loser = countOf(client) === most ? client : (order.find((other) => countOf(other) === most) ?? client);
      const newest = waiting.findLast((item) => item.client === loser);
      waiting = waiting.filter((item) => item !== newest);
      tidy();
      log.push(`${loser} loses ${newest?.name}`);
    },
    remove(client: string, name: string) {
      waiting = waiting.filter((item) => item.client !== client || item.name !== name);
      tidy();
    },
    end(name: string) {
      running.splice(running.indexOf(name), 1);
      startNext();
    },
  };
}

test('the limiter behaves like a naive one for any sequence of events', async () => {
  const client = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), client }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), index: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), client, index: fc.nat() }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 6 }),
      async (steps, slots, most) => {
        const ours = aLimiter({ slots, queueMax: most });
        const naive = naiveLimiter(slots, most);
        const added: string[] = [];
        for (const event of steps) {
          if (event.kind === 'add') {
            added.push(`${event.client}${added.length}`);
            ours.add(event.client, `${event.client}${added.length - 1}`);
            naive.add(event.client, `${event.client}${added.length - 1}`);
          } else if (event.kind === 'end' && naive.running.length > 0) {
            const name = naive.running[event.index % naive.running.length] ?? '';
            await ours.end(name);
            naive.end(name);
          } else if (event.kind === 'leave' && added.length > 0) {
            const name = added[event.index % added.length] ?? '';
            ours.remove(event.client, name);
            naive.remove(event.client, name);
          }
          expect(ours.log).toEqual(naive.log);
          expect(ours.running.size).toBeLessThanOrEqual(slots);
          expect(ours.limiter.waiting()).toBeLessThanOrEqual(most);
        }
      },
    ),
    { numRuns: propertyRuns(500) },
  );
});

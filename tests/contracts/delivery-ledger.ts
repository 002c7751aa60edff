/** Contract of `DeliveryQueue`: due subscriptions and enqueued deliveries. */
import { describe, expect, it } from 'vitest';
import { aDay } from '#tests/days.ts';
import {
  aChoice,
  aNewPaper,
  anAddress,
  at,
  claimWaiting,
  dayMs,
  hourMs,
  request,
  sent,
  subscribe,
  subscriptionOf,
} from '#tests/port-mails.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';
import { describeClaims } from './claims.ts';
import { describeNewPapers } from './new-papers.ts';
import { describeWaitingMails } from './waiting-mails.ts';

const tuesday = at('2025-12-16T07:00:00Z');

/** Returns the digests of a subscription, the latest first. */
const digestsOf = async ({ book }: Pick<StorePorts, 'book'>, { id }: { readonly id: number }) =>
  (await book.history(id, 100)).map(({ digest, state }) => `${digest} ${state}`);

export function describeDeliveryLedger(makeStore: MakeStore): void {
  describeFreezing(makeStore);
  describeClockJumps(makeStore);
  describeUnconfirmed(makeStore);
  describeDue(makeStore);
  describeWaitingMails(makeStore);
  describeClaims(makeStore);
  describeNewPapers(makeStore);
}

function describeFreezing(makeStore: MakeStore): void {
  describe('enqueueing a digest', () => {
    it('enqueues nothing in an empty store', async () => {
      const { ledger } = await open(makeStore);
      expect([await ledger.enqueue(tuesday, null), await ledger.enqueue(tuesday, aDay('2025-12-16'))]).toEqual([0, 0]);
    });

    it('enqueues one delivery for each due subscription and advances its due time', async () => {
      const ports = await open(makeStore);
      const [reader, later] = [
        await subscribe(ports, 'reader'),
        await subscribe(ports, 'later', aChoice({ schedule: { weekdays: [2], hour: 8, timeZone: 'UTC' } })),
      ];
      expect(await ports.ledger.enqueue(tuesday - 1, null)).toBe(0);
      expect([await ports.ledger.enqueue(tuesday, null), await ports.ledger.enqueue(tuesday, null)]).toEqual([1, 0]);
      expect([await digestsOf(ports, reader), await digestsOf(ports, later)]).toEqual([['2025-12-16 queued'], []]);
      expect((await subscriptionOf(ports, reader)).nextDueAt).toBe('2025-12-17T07:00:00.000Z');
      expect((await subscriptionOf(ports, later)).nextDueAt).toBe('2025-12-16T08:00:00.000Z');
    });

    it('names the digest by the day in the subscriber’s time zone', async () => {
      const ports = await open(makeStore);
      const tokyo = await subscribe(
        ports,
        'reader',
        aChoice({ schedule: { weekdays: [1, 2, 3], hour: 7, timeZone: 'Asia/Tokyo' } }),
      );
      await ports.ledger.enqueue(at('2025-12-15T22:00:00Z'), null);
      expect(await digestsOf(ports, tokyo)).toEqual(['2025-12-16 queued']);
    });

    it('enqueues only the latest digest after missed days', async () => {
      const ports = await open(makeStore);
      const reader = await subscribe(ports, 'reader');
      expect(await ports.ledger.enqueue(tuesday + 4 * dayMs + hourMs, null)).toBe(1);
      expect(await digestsOf(ports, reader)).toEqual(['2025-12-20 queued']);
    });

    it('for a given day enqueues every active subscription once and advances no due time', async () => {
      const ports = await open(makeStore);
      const [reader, other] = [await subscribe(ports, 'reader'), await subscribe(ports, 'other')];
      const { nextDueAt } = await subscriptionOf(ports, reader);
      const day = aDay('2025-12-10');
      expect([await ports.ledger.enqueue(at(), day), await ports.ledger.enqueue(at(), day)]).toEqual([2, 0]);
      expect([await digestsOf(ports, reader), await digestsOf(ports, other)]).toEqual([
        ['2025-12-10 queued'],
        ['2025-12-10 queued'],
      ]);
      expect((await subscriptionOf(ports, reader)).nextDueAt).toBe(nextDueAt);
    });

    it.each([null, aDay('2025-12-16')])(
      'leaves out who is paused, has left, takes no mail or has not confirmed (day: %s)',
      async (day) => {
        const ports = await open(makeStore);
        const [paused, left, gone] = [
          await subscribe(ports, 'paused'),
          await subscribe(ports, 'left'),
          await subscribe(ports, 'gone'),
        ];
        await request(ports, 'pending');
        await ports.book.pause(paused.id);
        await ports.book.leave(left.id);
        await ports.ledger.update(
          [sent((await claimOne(ports, gone.id)) ?? 0, { state: 'failed', suppress: true })],
          at(),
        );
        expect(await ports.ledger.enqueue(tuesday, day)).toBe(0);
      },
    );

    it('in two processes at the same time enqueues each delivery once and survives a crash', async () => {
      const { store, ...ports } = await open(makeStore);
      const reader = await subscribe(ports, 'reader');
      const other = await store.connect();
      const counts = await Promise.all([ports, other].map(({ ledger }) => ledger.enqueue(tuesday, null)));
      expect([...counts].sort()).toEqual([0, 1]);
      expect(await digestsOf(await (await store.crash()).connect(), reader)).toEqual(['2025-12-16 queued']);
    });
  });
}

/** Enqueues an old digest for a subscription and claims it. */
async function claimOne(ports: StorePorts, id: number): Promise<number | undefined> {
  await ports.ledger.enqueue(at(), aDay('2025-12-01'));
  const [claimed] = await claimWaiting(ports, at(), [aNewPaper('p1')], ({ subscription }) => subscription.id === id);
  return claimed?.id;
}

function describeClockJumps(makeStore: MakeStore): void {
  it('a due time from a clock that was ahead is computed again, but a weekly one stays', async () => {
    const ports = await open(makeStore);
    const jumped = await subscribe(ports, 'jumped', aChoice(), at('2027-01-19T10:00:00Z'));
    const weekly = await subscribe(ports, 'weekly', aChoice({ schedule: { weekdays: [1], hour: 7, timeZone: 'UTC' } }));
    expect(await ports.ledger.enqueue(at(), null)).toBe(0);
    expect((await subscriptionOf(ports, jumped)).nextDueAt).toBe('2025-12-16T07:00:00.000Z');
    expect((await subscriptionOf(ports, weekly)).nextDueAt).toBe('2025-12-22T07:00:00.000Z');
  });
}

function describeUnconfirmed(makeStore: MakeStore): void {
  const pendingAt = async ({ ledger }: StorePorts, nowMs: number) =>
    (await ledger.waiting(nowMs, 10)).filter(({ kind }) => kind === 'confirmation').length;

  describe('an unconfirmed subscription', () => {
    it('is deleted after seven days of use of the store', async () => {
      const ports = await open(makeStore);
      await ports.book.request(anAddress('reader'), aChoice(), at());
      for (let n = 1; n <= 7; n++) {
        await ports.ledger.enqueue(at() + n * dayMs, null);
        expect(await pendingAt(ports, at() + 8 * dayMs)).toBe(1);
      }
      await ports.ledger.enqueue(at() + 8 * dayMs, null);
      expect(await pendingAt(ports, at() + 8 * dayMs)).toBe(0);
    });

    it('is not deleted when the clock jumps ahead, and a confirmed one never is', async () => {
      const ports = await open(makeStore);
      const confirmed = await subscribe(ports, 'confirmed');
      await ports.book.request(anAddress('reader'), aChoice(), at());
      await ports.ledger.enqueue(at('2027-01-19T10:00:00Z'), null);
      expect(await pendingAt(ports, at())).toBe(1);
      expect(await subscriptionOf(ports, confirmed)).toMatchObject({ state: 'active' });
    });
  });
}

function describeDue(makeStore: MakeStore): void {
  describe('due subscriptions', () => {
    it('are those that `enqueue` would select, by filter, then age, without any change', async () => {
      const ports = await open(makeStore);
      const readers = [];
      for (const [name, query] of [
        ['a', 'q=z'],
        ['b', 'q=B'],
        ['c', 'q=b'],
        ['d', 'q=B'],
      ] as const)
        readers.push(await subscribe(ports, name, aChoice({ query })));
      const [a, b, c, d] = readers.map(({ id }) => id);
      const ids = async (nowMs: number, day: string | null) =>
        (await ports.ledger.due(nowMs, day === null ? null : aDay(day))).map(({ id }) => id);
      expect(await ids(tuesday - 1, null)).toEqual([]);
      expect(await ids(tuesday, null)).toEqual([b, d, c, a]);
      expect(await ids(at(), '2025-12-10')).toEqual([b, d, c, a]);
      expect((await ports.ledger.waiting(tuesday, 10)).length).toBe(0);
      await ports.book.pause(b ?? 0);
      expect(await ids(tuesday, null)).toEqual([d, c, a]);
      expect(await ports.ledger.enqueue(tuesday, null)).toBe(3);
      expect(await ids(tuesday, null)).toEqual([]);
    });

    it('give the next due time as the earliest of all active ones, or null', async () => {
      const ports = await open(makeStore);
      expect(await ports.ledger.nextDueAt()).toBeNull();
      await request(ports, 'pending');
      expect(await ports.ledger.nextDueAt()).toBeNull();
      const [daily] = [
        await subscribe(ports, 'daily'),
        await subscribe(ports, 'weekly', aChoice({ schedule: { weekdays: [5], hour: 7, timeZone: 'UTC' } })),
      ];
      expect(await ports.ledger.nextDueAt()).toBe('2025-12-16T07:00:00.000Z');
      await ports.book.pause(daily.id);
      expect(await ports.ledger.nextDueAt()).toBe('2025-12-19T07:00:00.000Z');
    });
  });
}

/** Contract of `SubscriptionStore`: changing, pausing and ending a subscription, and deleting a subscriber. */
import { describe, expect, it } from 'vitest';
import { aDay } from '#tests/days.ts';
import {
  aChoice,
  aNewPaper,
  anAddress,
  at,
  claimWaiting,
  dayMs,
  request,
  sendDigests,
  sent,
  subscribe,
  subscriptionOf,
} from '#tests/port-mails.ts';
import { save } from '#tests/port-papers.ts';
import { type MakeStore, open } from '#tests/test-store.ts';

const friday = { weekdays: [5], hour: 18, timeZone: 'UTC' };
const nobody = 999_999;

export function describeSubscriptionLife(makeStore: MakeStore): void {
  describeChange(makeStore);
  describePause(makeStore);
  describeLeaving(makeStore);
  describeForgetting(makeStore);
  describeHistory(makeStore);
}

/** An active subscription in a store that gained a paper since it started. */
async function aSubscription(makeStore: MakeStore) {
  const ports = await open(makeStore);
  const subscriber = await subscribe(ports, 'reader', aChoice({ query: 'q=one' }));
  await save(ports.writer, { source: 'jsonl', ownId: 'p1', title: 'Paper 1' });
  return { ...ports, subscriber, now: () => subscriptionOf(ports, subscriber) };
}

function describeChange(makeStore: MakeStore): void {
  describe('a change', () => {
    it('of the schedule moves the next mail but not the start of new papers', async () => {
      const { book, subscriber, now } = await aSubscription(makeStore);
      const { since } = await now();
      await book.change(subscriber.id, aChoice({ query: 'q=one', schedule: friday, mailsEmpty: true }), at());
      expect(await now()).toMatchObject({
        state: 'active',
        schedule: friday,
        mailsEmpty: true,
        nextDueAt: '2025-12-19T18:00:00.000Z',
        since,
      });
    });

    it('of the filter starts the subscription again from now', async () => {
      const { book, reader, subscriber, now } = await aSubscription(makeStore);
      await book.change(subscriber.id, aChoice({ query: 'q=two' }), at() + dayMs);
      const since = { key: await reader.latestKey(), day: '2025-12-16' };
      expect(await now()).toMatchObject({ query: 'q=two', since, nextDueAt: '2025-12-17T07:00:00.000Z' });
    });

    it('of a paused subscription leaves it paused, and of an ended one does nothing', async () => {
      const { book, subscriber, now } = await aSubscription(makeStore);
      await book.pause(subscriber.id);
      await book.change(subscriber.id, aChoice({ query: 'q=two' }), at());
      expect(await now()).toMatchObject({ query: 'q=two', state: 'paused', nextDueAt: null });
      await book.leave(subscriber.id);
      await book.change(subscriber.id, aChoice({ query: 'q=three' }), at());
      expect(await now()).toMatchObject({ query: 'q=two', state: 'left', nextDueAt: null });
    });

    it('of an unknown subscription does nothing', async () => {
      const { book, now } = await aSubscription(makeStore);
      const before = await now();
      await book.change(nobody, aChoice({ query: 'q=two' }), at());
      expect(await now()).toEqual(before);
    });
  });
}

function describePause(makeStore: MakeStore): void {
  describe('a pause', () => {
    it('cancels queued deliveries, and nothing is due', async () => {
      const { book, ledger, subscriber, now } = await aSubscription(makeStore);
      await ledger.enqueue(at(), aDay('2025-12-15'));
      await book.pause(subscriber.id);
      expect(await now()).toMatchObject({ state: 'paused', nextDueAt: null });
      expect(await ledger.waiting(at(), 10)).toEqual([]);
      expect(await book.history(subscriber.id, 10)).toMatchObject([{ state: 'cancelled' }]);
    });

    it('skips the papers that arrived before it ended', async () => {
      const { book, reader, subscriber, now } = await aSubscription(makeStore);
      await book.pause(subscriber.id);
      await book.resume(subscriber.id, at() + 3 * dayMs);
      const since = { key: await reader.latestKey(), day: '2025-12-18' };
      expect(await now()).toMatchObject({ state: 'active', since, nextDueAt: '2025-12-19T07:00:00.000Z' });
    });

    it('starts only for an active subscription and ends only for a paused one', async () => {
      const { book, subscriber, now, ...ports } = await aSubscription(makeStore);
      const active = await now();
      await book.resume(subscriber.id, at() + dayMs);
      expect(await now()).toEqual(active);
      const pending = await request({ book, ledger: ports.ledger }, 'other');
      const id = (await book.open(pending, at()))?.subscription.id ?? 0;
      await book.pause(id);
      await book.resume(id, at());
      expect(await book.open(pending, at())).toMatchObject({ subscription: { state: 'pending' } });
      await book.leave(subscriber.id);
      await book.pause(subscriber.id);
      await book.resume(subscriber.id, at());
      await book.pause(nobody);
      await book.resume(nobody, at());
      expect(await now()).toMatchObject({ state: 'left' });
    });
  });
}

function describeLeaving(makeStore: MakeStore): void {
  describe('leaving', () => {
    it('ends one subscription for good: queued deliveries are cancelled, sent ones stay', async () => {
      const { book, ledger, subscriber, now, ...ports } = await aSubscription(makeStore);
      await sendDigests({ book, ledger }, at('2025-12-16T07:00:00Z'), [aNewPaper('p9')]);
      const other = await subscribe({ book, ledger }, 'reader', aChoice({ query: 'q=two' }));
      await ledger.enqueue(at(), aDay('2025-12-20'));
      await ledger.enqueue(at(), aDay('2025-12-21'));
      const [uncertain] = await claimWaiting(
        { ledger },
        at(),
        [aNewPaper('p10')],
        ({ subscription }) => subscription.id === subscriber.id,
      );
      await ledger.update([sent(uncertain?.id ?? 0, { state: 'uncertain' })], at());
      await book.leave(subscriber.id);
      await book.leave(subscriber.id);
      await book.leave(nobody);
      expect(await now()).toMatchObject({ state: 'left', nextDueAt: null });
      expect((await book.history(subscriber.id, 10)).map(({ digest, state }) => `${digest} ${state}`)).toEqual([
        '2025-12-21 empty',
        '2025-12-20 cancelled',
        '2025-12-16 sent',
      ]);
      expect((await ledger.waiting(at(), 10)).map(({ subscription }) => subscription.id)).toEqual([other.id, other.id]);
      expect(await subscriptionOf({ book }, other)).toMatchObject({ state: 'active' });
      expect(await (await (await ports.store.crash()).connect()).book.open(subscriber.token, at())).toMatchObject({
        subscription: { state: 'left' },
      });
    });

    it('before the confirmation makes its token invalid', async () => {
      const ports = await open(makeStore);
      const token = await request(ports, 'reader');
      await ports.book.leave((await ports.book.open(token, at()))?.subscription.id ?? 0);
      expect(await ports.book.confirm(token, at())).toBeNull();
    });
  });
}

function describeForgetting(makeStore: MakeStore): void {
  describe('forgetting', () => {
    it('deletes the subscriber with all subscriptions, deliveries and tokens, and no other subscriber', async () => {
      const { book, ledger, subscriber } = await aSubscription(makeStore);
      const [second, other] = [
        await subscribe({ book, ledger }, 'reader', aChoice({ query: 'q=two' })),
        await subscribe({ book, ledger }, 'other'),
      ];
      await sendDigests({ book, ledger }, at('2025-12-16T07:00:00Z'), [aNewPaper('p9')]);
      await ledger.enqueue(at(), aDay('2025-12-20'));
      await book.forget(second.id);
      await book.forget(nobody);
      expect([await book.open(subscriber.token, at()), await book.open(second.token, at())]).toEqual([null, null]);
      expect([await book.history(subscriber.id, 10), await book.history(second.id, 10)]).toEqual([[], []]);
      expect((await ledger.waiting(at(), 10)).map(({ subscription }) => subscription.id)).toEqual([other.id]);
      expect(await book.history(other.id, 10)).toHaveLength(2);
    });

    it('lets the address subscribe again and leaves the site’s count unchanged', async () => {
      const ports = await open(makeStore, { mailLimits: { perMailbox: 1, perSite: 3 } });
      const { id } = await subscribe(ports, 'reader');
      await sendDigests(ports, at('2025-12-16T07:00:00Z'), [aNewPaper('p9')]);
      expect(await request(ports, 'reader')).toBe('');
      await ports.book.forget(id);
      const again = await subscribe(ports, 'reader');
      expect(again.id).not.toBe(id);
      const unsent = await ports.ledger.unsent(await subscriptionOf(ports, again), [aNewPaper('p9')], '2025-12-17');
      expect(unsent.map((paper) => paper.id)).toEqual(['p9']);
      await ports.book.request(anAddress('other'), aChoice(), at());
      expect(await ports.book.request(anAddress('another'), aChoice(), at())).toBe(dayMs);
    });

    it('can be followed by emptying the log, even an empty one', async () => {
      const { book, subscriber } = await aSubscription(makeStore);
      await book.forget(subscriber.id);
      await book.emptyLog();
      await book.emptyLog();
      expect(await book.open(subscriber.token, at())).toBeNull();
    });
  });
}

function describeHistory(makeStore: MakeStore): void {
  describe('the history of a subscription', () => {
    it('returns digests up to the limit, latest first, without the confirmation', async () => {
      const { book, ledger, subscriber } = await aSubscription(makeStore);
      await subscribe({ book, ledger }, 'other');
      expect(await book.history(subscriber.id, 10)).toEqual([]);
      for (const day of [16, 17])
        await sendDigests({ book, ledger }, at(`2025-12-${day}T07:00:00Z`), [
          aNewPaper(`p${day}`),
          aNewPaper(`q${day}`),
        ]);
      await ledger.enqueue(at('2025-12-18T07:00:00Z'), null);
      const digests = [
        { digest: '2025-12-18', state: 'queued', papers: 0, settledAt: null },
        { digest: '2025-12-17', state: 'sent', papers: 2, settledAt: '2025-12-17T07:00:00.000Z' },
        { digest: '2025-12-16', state: 'sent', papers: 2, settledAt: '2025-12-16T07:00:00.000Z' },
      ];
      expect(await book.history(subscriber.id, 10)).toEqual(digests);
      expect(await book.history(subscriber.id, 1)).toEqual(digests.slice(0, 1));
      expect(await book.history(nobody, 10)).toEqual([]);
    });
  });
}

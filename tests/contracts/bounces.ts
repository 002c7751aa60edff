/** Contract of `SubscriptionStore`: bounces and suppressed addresses. */
import { describe, expect, it } from 'vitest';
import { aDay } from '#tests/days.ts';
import { aNewPaper, anAddress, at, dayMs, sendDigests, subscribe, subscriptionOf } from '#tests/port-mails.ts';
import { type MakeStore, open } from '#tests/test-store.ts';

const hard = { hard: true, reason: '5.1.1' };
const soft = { hard: false, reason: '4.2.2' };

/** A subscriber who gets a digest every day. */
async function aMailedSubscriber(makeStore: MakeStore) {
  const ports = await open(makeStore);
  const subscriber = await subscribe(ports, 'reader');
  /** The name of the mail of the n-th day. */
  const mail = async (n: number): Promise<string> => {
    const claimed = await sendDigests(ports, at('2025-12-15T07:00:00Z') + n * dayMs, [aNewPaper(`p${n}`)]);
    return claimed.find(({ subscription }) => subscription.id === subscriber.id)?.messageName ?? '';
  };
  return { ...ports, subscriber, mail, now: () => subscriptionOf(ports, subscriber) };
}

export function describeBounces(makeStore: MakeStore): void {
  describe('a bounce', () => {
    it('of an unknown mail changes nothing', async () => {
      const { book, mail, now } = await aMailedSubscriber(makeStore);
      const name = await mail(1);
      for (const messageName of ['', 'digest.2025-12-16.0123456789abcdef', name.toUpperCase(), `${name}x`])
        expect(await book.bounce({ messageName, ...hard }, at())).toBeNull();
      expect((await now()).suppressed).toBeNull();
    });

    it('that is permanent suppresses the address at once and cancels its queued deliveries', async () => {
      const { book, ledger, subscriber, mail, now } = await aMailedSubscriber(makeStore);
      const other = await subscribe({ book, ledger }, 'other');
      const messageName = await mail(1);
      await ledger.enqueue(at(), aDay('2025-12-20'));
      expect(await book.bounce({ messageName, ...hard }, at('2025-12-18T07:00:00Z'))).toBe('suppressed');
      expect((await now()).suppressed).toBe('5.1.1');
      expect((await book.history(subscriber.id, 10)).map(({ digest, state }) => `${digest} ${state}`)).toEqual([
        '2025-12-20 cancelled',
        '2025-12-16 failed',
      ]);
      expect((await ledger.waiting(at('2025-12-18T07:00:00Z'), 10)).map(({ subscription }) => subscription.id)).toEqual(
        [other.id],
      );
      expect((await ledger.due(at('2025-12-18T07:00:00Z'), null)).map(({ id }) => id)).toEqual([other.id]);
    });

    it('that is transient suppresses the address at the third mail', async () => {
      const { book, mail, now } = await aMailedSubscriber(makeStore);
      const answers = [];
      for (const n of [1, 2, 3])
        answers.push(await book.bounce({ messageName: await mail(n), ...soft, reason: `4.2.${n}` }, at()));
      expect(answers).toEqual(['counted', 'counted', 'suppressed']);
      expect((await now()).suppressed).toBe('4.2.3');
    });

    it('counts once per mail, even from two processes at the same time', async () => {
      const { store, book, mail, now } = await aMailedSubscriber(makeStore);
      const other = (await store.connect()).book;
      const messageName = await mail(1);
      const answers = await Promise.all([book, other, book].map((one) => one.bounce({ messageName, ...soft }, at())));
      expect(answers.sort()).toEqual(['counted', 'known', 'known']);
      expect(await book.bounce({ messageName, ...hard }, at())).toBe('known');
      expect((await now()).suppressed).toBeNull();
    });

    it('survives a crash', async () => {
      const { store, book, mail } = await aMailedSubscriber(makeStore);
      const messageName = await mail(1);
      await book.bounce({ messageName, ...hard }, at());
      const { book: next } = await (await store.crash()).connect();
      expect(await next.bounce({ messageName, ...hard }, at())).toBe('known');
      expect(await next.allow(anAddress('reader'))).toBe(true);
    });
  });

  describe('allowing an address', () => {
    it('lifts the suppression once and resets its transient bounces', async () => {
      const { book, ledger, mail, now } = await aMailedSubscriber(makeStore);
      for (const n of [1, 2, 3]) await book.bounce({ messageName: await mail(n), ...soft }, at());
      expect(await book.allow(anAddress('reader'))).toBe(true);
      expect(await book.allow(anAddress('reader'))).toBe(false);
      expect((await now()).suppressed).toBeNull();
      expect(await ledger.due(at('2025-12-20T07:00:00Z'), null)).toHaveLength(1);
      expect(await book.bounce({ messageName: await mail(5), ...soft }, at())).toBe('counted');
    });

    it('returns false for an address that is unknown or not suppressed', async () => {
      const { book } = await aMailedSubscriber(makeStore);
      expect([await book.allow(anAddress('reader')), await book.allow(anAddress('nobody'))]).toEqual([false, false]);
    });
  });
}

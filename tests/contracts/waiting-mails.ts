/** Contract of `DeliveryQueue`: the order of waiting deliveries. */
import { describe, expect, it } from 'vitest';
import {
  aChoice,
  aNewPaper,
  anAddress,
  at,
  claimWaiting,
  dayMs,
  hourMs,
  sendDigests,
  sent,
  subscribe,
} from '#tests/port-mails.ts';
import { type MakeStore, open } from '#tests/test-store.ts';

const tuesday = at('2025-12-16T07:00:00Z');

export function describeWaitingMails(makeStore: MakeStore): void {
  describe('waiting deliveries', () => {
    it('are ordered: confirmations, new ones by age, retried ones, uncertain ones', async () => {
      const ports = await open(makeStore);
      const readers = [];
      for (const name of ['uncertain', 'retried', 'first', 'second']) readers.push(await subscribe(ports, name));
      await ports.ledger.enqueue(tuesday, null);
      const ids = readers.map(({ id }) => id);
      const claimed = await claimWaiting(ports, tuesday, [aNewPaper('p1')], ({ subscription }) =>
        ids.slice(0, 2).includes(subscription.id),
      );
      const states = ['uncertain', 'queued'] as const;
      await ports.ledger.update(
        claimed.map(({ id }, i) => sent(id, { state: states[i] ?? 'queued' })),
        tuesday,
      );
      await ports.book.request(anAddress('new'), aChoice(), tuesday);
      const order = async (limit: number) =>
        (await ports.ledger.waiting(tuesday, limit)).map(({ subscription }) => subscription.address.replace(/@.*/, ''));
      const all = ['new', 'first', 'second', 'retried', 'uncertain'];
      for (let limit = 0; limit <= 6; limit++) expect(await order(limit)).toEqual(all.slice(0, limit));
    });

    it('wait until their next attempt, but at most the maximum pause', async () => {
      const ports = await open(makeStore);
      await subscribe(ports, 'reader');
      await ports.ledger.enqueue(tuesday, null);
      const [claimed] = await claimWaiting(ports, tuesday, [aNewPaper('p1')]);
      const isWaiting = async (nowMs: number) => (await ports.ledger.waiting(nowMs, 10)).length === 1;
      const nextTryAt = '2025-12-16T09:00:00.000Z';
      await ports.ledger.update(
        [sent(claimed?.id ?? 0, { state: 'queued', nextTryAt, failed: true, problem: 'busy' })],
        tuesday,
      );
      expect([
        await isWaiting(tuesday),
        await isWaiting(Date.parse(nextTryAt) - 1),
        await isWaiting(Date.parse(nextTryAt)),
      ]).toEqual([false, false, true]);
      // A clock that was ahead postponed it. It is due again with the right clock.
      expect([
        await isWaiting(Date.parse(nextTryAt) - 12 * hourMs),
        await isWaiting(Date.parse(nextTryAt) - 12 * hourMs - 1),
      ]).toEqual([false, true]);
      expect(await ports.ledger.waiting(Date.parse(nextTryAt), 10)).toMatchObject([
        { failures: 1, papers: ['p1'], digest: '2025-12-16' },
      ]);
    });

    it('exclude sent deliveries', async () => {
      const ports = await open(makeStore);
      await subscribe(ports, 'reader');
      expect(await sendDigests(ports, tuesday, [aNewPaper('p1')])).toHaveLength(1);
      expect(await ports.ledger.waiting(tuesday + dayMs, 10)).toEqual([]);
    });
  });
}

/** Contract of `DeliveryQueue`: claiming a delivery, updating it, and recovery after a crash. */
import { describe, expect, it } from 'vitest';
import type { ClaimedDelivery, DeliveryUpdate, NewPaper } from '#core/ports/subscriptions.ts';
import { aDay } from '#tests/days.ts';
import {
  aChoice,
  aNewPaper,
  anAddress,
  at,
  claimWaiting,
  dayMs,
  sendDigests,
  sent,
  subscribe,
  subscriptionOf,
} from '#tests/port-mails.ts';
import { type MakeStore, open, type StorePorts, type TestStore } from '#tests/test-store.ts';

const tuesday = at('2025-12-16T07:00:00Z');
const papers = [aNewPaper('p1'), aNewPaper('p2')];
const idsOf = (claimed: ClaimedDelivery | undefined) => claimed?.papers;

export function describeClaims(makeStore: MakeStore): void {
  describeClaiming(makeStore);
  describeUnwanted(makeStore);
  describeSettling(makeStore);
  describeRecovery(makeStore);
}

/** A subscriber whose digest of the day is queued. */
async function aQueuedDigest(makeStore: MakeStore, choice = aChoice()) {
  const ports = await open(makeStore);
  const reader = await subscribe(ports, 'reader', choice);
  await ports.ledger.enqueue(tuesday, null);
  const claim = async (newPapers: readonly NewPaper[] = papers, on: StorePorts = ports) =>
    claimWaiting(on, tuesday, newPapers);
  const settle = (id: number | undefined, overrides: Partial<DeliveryUpdate> = {}) =>
    ports.ledger.update([sent(id ?? 0, overrides)], tuesday);
  const states = async () => (await ports.book.history(reader.id, 10)).map(({ digest, state }) => `${digest} ${state}`);
  return { ...ports, reader, claim, settle, states };
}

function describeClaiming(makeStore: MakeStore): void {
  describe('claiming a delivery', () => {
    it('selects its papers, its Message-ID and a token that manages the subscription', async () => {
      const { book, claim, reader } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      expect(claimed).toMatchObject({
        kind: 'digest',
        digest: '2025-12-16',
        papers: ['p1', 'p2'],
        failures: 0,
        subscription: { id: reader.id },
      });
      expect(claimed?.messageName).toMatch(/^digest\.2025-12-16\.[0-9a-f]{32}$/);
      expect(claimed?.token).not.toBe(reader.token);
      expect(await book.open(claimed?.token ?? '', tuesday)).toMatchObject({
        purpose: 'manage',
        subscription: { id: reader.id },
      });
    });

    it('succeeds in one process only: a delivery is not claimed twice', async () => {
      const { store, ledger, states } = await aQueuedDigest(makeStore);
      const other = (await store.connect()).ledger;
      const deliveries = (await ledger.waiting(tuesday, 10)).map((delivery) => ({ delivery, newPapers: papers }));
      const claimed = await Promise.all([ledger, other].map((one) => one.claim(deliveries, tuesday)));
      expect(claimed.map((one) => one.length).sort()).toEqual([0, 1]);
      expect(await states()).toEqual(['2025-12-16 sending']);
    });

    it('gives each delivery a unique Message-ID that stays the same at every attempt', async () => {
      const { ledger, book, claim, settle, reader } = await aQueuedDigest(makeStore);
      const [first] = await claim();
      await settle(first?.id, { state: 'queued' });
      const [again] = await claim();
      expect(again).toMatchObject({ id: first?.id, messageName: first?.messageName });
      expect(again?.token).not.toBe(first?.token);
      expect(await book.open(first?.token ?? '', tuesday)).not.toBeNull();
      const other = await subscribe({ book, ledger }, 'other');
      const [next, foreign] = await sendDigests({ book, ledger }, tuesday + dayMs, [aNewPaper('p3')]);
      expect(new Set([first?.messageName, next?.messageName, foreign?.messageName]).size).toBe(3);
      expect([next?.subscription.id, foreign?.subscription.id].sort()).toEqual([reader.id, other.id].sort());
    });

    it('keeps the papers of the first attempt at the second', async () => {
      const { claim, settle } = await aQueuedDigest(makeStore);
      const [first] = await claim();
      await settle(first?.id, { state: 'queued' });
      expect((await claim([aNewPaper('p3')])).map(idsOf)).toEqual([['p1', 'p2']]);
    });

    it('omits papers sent to the subscriber before, through any subscription and under any id', async () => {
      const ports = await open(makeStore);
      const one = await subscribe(ports, 'reader', aChoice({ query: 'q=one' }));
      await sendDigests(ports, tuesday, [aNewPaper('p1'), aNewPaper('a-draft')]);
      const two = await subscribe(ports, 'reader', aChoice({ query: 'q=two' }), tuesday);
      await subscribe(ports, 'other', aChoice(), tuesday);
      const news = [aNewPaper('p1'), aNewPaper('2405.14906', { names: ['2405.14906', 'a-draft'] }), aNewPaper('p3')];
      const claimed = await sendDigests(ports, tuesday + dayMs, news);
      const byAddress = claimed.map(
        ({ subscription, papers: ids }) =>
          `${subscription.id === one.id || subscription.id === two.id ? 'reader' : 'other'} ${ids}`,
      );
      expect(byAddress.sort()).toEqual(['other p1,2405.14906,p3', 'reader p3']);
    });

    it('is atomic: if one delivery cannot be claimed, the others stay queued', async () => {
      const ports = await aQueuedDigest(makeStore);
      await subscribe(ports, 'other');
      await ports.ledger.enqueue(tuesday, aDay('2025-12-16'));
      const bad = [{ ...aNewPaper('p1'), names: null as unknown as readonly string[] }];
      const claims = (await ports.ledger.waiting(tuesday, 10)).map((delivery, i) => ({
        delivery,
        newPapers: i === 0 ? papers : bad,
      }));
      expect(claims).toHaveLength(2);
      await expect(async () => ports.ledger.claim(claims, tuesday)).rejects.toThrow();
      expect(await ports.ledger.waiting(tuesday, 10)).toEqual(claims.map(({ delivery }) => delivery));
      expect((await ports.claim()).map(idsOf)).toEqual([
        ['p1', 'p2'],
        ['p1', 'p2'],
      ]);
    });

    it('returns nothing for an empty list', async () => {
      const { ledger, states } = await aQueuedDigest(makeStore);
      expect(await ledger.claim([], tuesday)).toEqual([]);
      expect(await states()).toEqual(['2025-12-16 queued']);
    });
  });
}

function describeUnwanted(makeStore: MakeStore): void {
  describe('a delivery that must not be sent', () => {
    it('is closed as empty if it has no papers, unless the subscriber wants empty digests', async () => {
      const { claim, states } = await aQueuedDigest(makeStore);
      expect(await claim([])).toEqual([]);
      expect(await states()).toEqual(['2025-12-16 empty']);
      const curious = await aQueuedDigest(makeStore, aChoice({ mailsEmpty: true }));
      expect((await curious.claim([])).map(idsOf)).toEqual([[]]);
      expect(await curious.states()).toEqual(['2025-12-16 sending']);
    });

    it.each(['leave', 'pause'] as const)(
      'is not claimed after its subscriber chose to %s meanwhile',
      async (choice) => {
        const { book, ledger, reader, states } = await aQueuedDigest(makeStore);
        const deliveries = (await ledger.waiting(tuesday, 10)).map((delivery) => ({ delivery, newPapers: papers }));
        await book[choice](reader.id);
        expect(await ledger.claim(deliveries, tuesday)).toEqual([]);
        expect(await states()).toEqual(['2025-12-16 cancelled']);
      },
    );

    it('is cancelled if its subscription is no longer in the matching state', async () => {
      const ports = await open(makeStore);
      await ports.book.request(anAddress('reader'), aChoice(), at());
      const waiting = await ports.ledger.waiting(at(), 10);
      await ports.book.leave(waiting[0]?.subscription.id ?? 0);
      const claims = waiting.map((delivery) => ({ delivery, newPapers: [] }));
      expect(await ports.ledger.claim(claims, at())).toEqual([]);
      expect(await ports.ledger.waiting(at(), 10)).toEqual([]);
    });
  });
}

function describeSettling(makeStore: MakeStore): void {
  describe('updating a delivery', () => {
    it.each(['sent', 'failed'] as const)('as %s is final and records the time', async (state) => {
      const { book, ledger, claim, settle, reader } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      await settle(claimed?.id, { state });
      const digest = { digest: '2025-12-16', state, papers: 2, settledAt: '2025-12-16T07:00:00.000Z' };
      expect(await book.history(reader.id, 10)).toEqual([digest]);
      await settle(claimed?.id, { state: 'queued' });
      await ledger.recover();
      expect(await book.history(reader.id, 10)).toEqual([digest]);
      expect(await claim()).toEqual([]);
    });

    it('as queued or uncertain counts the failure and allows a retry', async () => {
      const { ledger, claim, settle, states } = await aQueuedDigest(makeStore);
      for (const state of ['queued', 'uncertain'] as const) {
        const [claimed] = await claim();
        await settle(claimed?.id, { state, failed: true, problem: 'busy' });
        expect(await states()).toEqual([`2025-12-16 ${state}`]);
      }
      const [third] = await claim();
      await settle(third?.id, { state: 'queued', failed: false });
      expect(await ledger.waiting(tuesday, 10)).toMatchObject([{ failures: 2 }]);
    });

    it('with a rejected address suppresses the address and cancels its other deliveries', async () => {
      const { ledger, reader, claim, settle, states, ...ports } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      await ledger.enqueue(tuesday, aDay('2025-12-10'));
      await settle(claimed?.id, { state: 'failed', problem: '550 no such user', suppress: true });
      expect((await subscriptionOf(ports, reader)).suppressed).toBe('550 no such user');
      expect(await states()).toEqual(['2025-12-16 failed', '2025-12-10 cancelled']);
    });

    it('is atomic for several deliveries: if one update fails, none is written', async () => {
      const { ledger, claim, states } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      const bad = sent(claimed?.id ?? 0, { state: null as unknown as 'sent' });
      await expect(async () =>
        ledger.update([sent(claimed?.id ?? 0, { state: 'queued' }), bad], tuesday),
      ).rejects.toThrow();
      expect(await states()).toEqual(['2025-12-16 sending']);
      await ledger.update([], tuesday);
      await ledger.update([sent(999_999), sent(claimed?.id ?? 0)], tuesday);
      expect(await states()).toEqual(['2025-12-16 sent']);
    });

    it('survives a crash after it has returned', async () => {
      const { store, claim, settle, reader } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      await settle(claimed?.id);
      expect(await stateAfterCrash(store, reader.id)).toBe('sent');
    });
  });
}

const stateAfterCrash = async (store: TestStore, id: number) =>
  (await (await (await store.crash()).connect()).book.history(id, 1))[0]?.state;

function describeRecovery(makeStore: MakeStore): void {
  describe('a delivery that was being sent when the process died', () => {
    it('becomes uncertain and is sent again under the same Message-ID', async () => {
      const { store, claim, reader } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      expect(await stateAfterCrash(store, reader.id)).toBe('sending');
      const next = await (await store.crash()).connect();
      expect(await next.ledger.waiting(tuesday, 10)).toEqual([]);
      await next.ledger.recover();
      expect((await next.book.history(reader.id, 10)).map(({ state }) => state)).toEqual(['uncertain']);
      expect(await claimWaiting(next, tuesday, [aNewPaper('p3')])).toMatchObject([
        { id: claimed?.id, messageName: claimed?.messageName, papers: ['p1', 'p2'] },
      ]);
      expect(await next.book.open(claimed?.token ?? '', tuesday)).not.toBeNull();
    });

    it('is the only delivery that recovery changes', async () => {
      const { ledger, claim, settle, states } = await aQueuedDigest(makeStore);
      const [claimed] = await claim();
      await settle(claimed?.id);
      await ledger.enqueue(tuesday, aDay('2025-12-10'));
      await ledger.recover();
      expect(await states()).toEqual(['2025-12-16 sent', '2025-12-10 queued']);
    });
  });
}

/** Contract of `SubscriptionStore`: requests, confirmations and the tokens of links in mails. */
import { describe, expect, it } from 'vitest';
import {
  aChoice,
  anAddress,
  at,
  claimWaiting,
  dayMs,
  hourMs,
  request,
  subscribe,
  subscriptionOf,
} from '#tests/port-mails.ts';
import { save } from '#tests/port-papers.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';
import { describeBounces } from './bounces.ts';
import { describeSubscriptionLife } from './subscription-life.ts';

const unknown = 'x'.repeat(43);
const weekly = { weekdays: [5], hour: 18, timeZone: 'Asia/Tokyo' };

/** Returns the addresses of the queued mails. */
const waitingFor = async ({ ledger }: StorePorts, nowMs = at()) =>
  (await ledger.waiting(nowMs, 100)).map(({ subscription }) => subscription.address);

export function describeSubscriptionBook(makeStore: MakeStore): void {
  describeRequests(makeStore);
  describeLimits(makeStore);
  describeTokens(makeStore);
  describeConfirmation(makeStore);
  describeSubscriptionLife(makeStore);
  describeBounces(makeStore);
}

function describeRequests(makeStore: MakeStore): void {
  describe('a request', () => {
    it('stores a pending subscription and queues its confirmation first', async () => {
      const { book, ledger } = await open(makeStore);
      const choice = aChoice({ query: 'q=drafting', schedule: weekly, mailsEmpty: true });
      expect(await book.request(anAddress('reader'), choice, at())).toBeNull();
      const subscription = {
        ...choice,
        address: 'reader@example.org',
        state: 'pending',
        nextDueAt: null,
        suppressed: null,
      };
      expect(await ledger.waiting(at(), 10)).toMatchObject([
        { kind: 'confirmation', papers: null, failures: 0, subscription },
      ]);
    });

    it('for each filter of one address creates a separate subscription', async () => {
      const ports = await open(makeStore);
      for (const query of ['q=one', 'q=two']) await ports.book.request(anAddress('reader'), aChoice({ query }), at());
      const waiting = await ports.ledger.waiting(at(), 10);
      expect(waiting.map(({ subscription }) => subscription.query)).toEqual(['q=one', 'q=two']);
    });

    it('is visible to other connections and survives a crash after it has returned', async () => {
      const { store, book } = await open(makeStore);
      await book.request(anAddress('reader'), aChoice(), at());
      for (const ports of [await store.connect(), await (await store.crash()).connect()])
        expect(await waitingFor(ports)).toEqual(['reader@example.org']);
    });

    it('for a suppressed address silently does nothing', async () => {
      const ports = await open(makeStore);
      await ports.book.request(anAddress('reader'), aChoice(), at());
      const [mail] = await claimWaiting(ports, at());
      await ports.book.bounce({ messageName: mail?.messageName ?? '', hard: true, reason: '5.1.1' }, at());
      expect(await ports.book.request(anAddress('reader'), aChoice(), at() + dayMs)).toBeNull();
      expect(await waitingFor(ports, at() + dayMs)).toEqual([]);
    });
  });
}

function describeLimits(makeStore: MakeStore): void {
  const mailLimits = { perMailbox: 2, perSite: 4 };

  describe('the limits of confirmation mails', () => {
    it('apply silently to a mailbox in any 24 hours, however its address is written', async () => {
      const ports = await open(makeStore, { mailLimits });
      for (const name of ['vic.tim@gmail.com', 'victim+a@googlemail.com', 'victim@gmail.com'])
        expect(await ports.book.request(anAddress(name), aChoice(), at())).toBeNull();
      await ports.book.request(anAddress('victim@gmail.com'), aChoice(), at() + dayMs - 1);
      expect(await waitingFor(ports, at() + dayMs)).toEqual(['vic.tim@gmail.com', 'victim+a@googlemail.com']);
      await ports.book.request(anAddress('victim@gmail.com'), aChoice(), at() + dayMs);
      expect(await waitingFor(ports, at() + dayMs)).toHaveLength(3);
    });

    it('apply to the site for any address and return the time to wait', async () => {
      const ports = await open(makeStore, { mailLimits });
      for (let i = 0; i < 4; i++) await ports.book.request(anAddress(`reader${i}`), aChoice(), at() + i * hourMs);
      for (const name of ['new', 'reader0'])
        expect(await ports.book.request(anAddress(name), aChoice(), at() + 4 * hourMs)).toBe(20 * hourMs);
      expect(await waitingFor(ports, at() + 4 * hourMs)).toHaveLength(4);
      expect(await ports.book.request(anAddress('new'), aChoice(), at() + dayMs)).toBeNull();
      expect(await ports.book.request(anAddress('newer'), aChoice(), at() + dayMs)).toBe(hourMs);
    });

    it('do not count a request that fails', async () => {
      const ports = await open(makeStore, { mailLimits: { perMailbox: 1, perSite: 1 } });
      const bad = aChoice({ query: null as unknown as string });
      await expect(async () => ports.book.request(anAddress('reader'), bad, at())).rejects.toThrow();
      expect(await ports.book.request(anAddress('reader'), aChoice(), at())).toBeNull();
      expect(await waitingFor(ports)).toHaveLength(1);
    });

    it('do not count a request that does nothing', async () => {
      const ports = await open(makeStore, { mailLimits });
      for (let i = 0; i < 9; i++) await ports.book.request(anAddress('reader'), aChoice(), at());
      await ports.book.request(anAddress('other'), aChoice(), at());
      expect(await ports.book.request(anAddress('another'), aChoice(), at())).toBeNull();
      expect(await waitingFor(ports)).toHaveLength(4);
    });

    it('apply across processes and survive a crash', async () => {
      const { store, ...ports } = await open(makeStore, { mailLimits });
      const other = await store.connect({ mailLimits });
      await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          (i % 2 ? ports : other).book.request(anAddress(`reader${i}`), aChoice(), at()),
        ),
      );
      expect(await waitingFor(ports as StorePorts)).toHaveLength(4);
      const next = await (await store.crash()).connect({ mailLimits });
      expect(await next.book.request(anAddress('new'), aChoice(), at() + hourMs)).toBe(23 * hourMs);
    });

    it('do not count requests from a clock that was ahead', async () => {
      const ports = await open(makeStore, { mailLimits });
      for (let i = 0; i < 4; i++) await ports.book.request(anAddress('reader'), aChoice(), at('2027-01-19T10:00:00Z'));
      for (let i = 0; i < 2; i++) expect(await ports.book.request(anAddress('reader'), aChoice(), at())).toBeNull();
      expect(await waitingFor(ports, at('2027-01-19T10:00:00Z'))).toHaveLength(4);
    });

    it('are three per mailbox and a thousand per site by default', async () => {
      const ports = await open(makeStore);
      for (let i = 0; i < 4; i++) await ports.book.request(anAddress('reader'), aChoice(), at());
      expect(await waitingFor(ports)).toHaveLength(3);
      for (let i = 3; i < 1_000; i++)
        expect(await ports.book.request(anAddress(`reader${i}`), aChoice(), at())).toBeNull();
      expect(await ports.book.request(anAddress('one.more'), aChoice(), at())).toBe(dayMs);
    });
  });
}

function describeTokens(makeStore: MakeStore): void {
  describe('a token', () => {
    it('that was never issued opens nothing', async () => {
      const ports = await open(makeStore);
      await subscribe(ports, 'reader');
      for (const token of ['', unknown]) expect(await ports.book.open(token, at())).toBeNull();
    });

    it('of a confirmation mail opens its subscription for 48 hours', async () => {
      const ports = await open(makeStore);
      const token = await request(ports, 'reader', aChoice({ query: 'q=one' }));
      const opened = {
        purpose: 'confirm',
        subscription: { query: 'q=one', state: 'pending', address: 'reader@example.org' },
      };
      expect(await ports.book.open(token, at() + 48 * hourMs - 1)).toMatchObject(opened);
      expect(await ports.book.open(token, at() + 48 * hourMs)).toBeNull();
    });

    it('that manages a subscription opens it for ever', async () => {
      const ports = await open(makeStore);
      const { id, token } = await subscribe(ports, 'reader');
      expect(await ports.book.open(token, at('2049-12-15T10:00:00Z'))).toMatchObject({
        purpose: 'manage',
        subscription: { id },
      });
    });

    it('is 32 random bytes and differs in each mail', async () => {
      const ports = await open(makeStore);
      const tokens = [
        await request(ports, 'reader'),
        await request(ports, 'reader'),
        (await subscribe(ports, 'other')).token,
      ];
      expect(new Set(tokens).size).toBe(3);
      for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
    });
  });
}

function describeConfirmation(makeStore: MakeStore): void {
  describe('a confirmation', () => {
    it('starts the subscription now: its next mail, papers and day', async () => {
      const ports = await open(makeStore);
      await save(ports.writer, { source: 'jsonl', ownId: 'p1', title: 'Paper 1' });
      const token = await request(ports, 'reader', aChoice({ schedule: weekly }));
      const manage = (await ports.book.confirm(token, at() + hourMs)) ?? '';
      expect(await ports.book.open(manage, at())).toMatchObject({
        purpose: 'manage',
        subscription: {
          state: 'active',
          nextDueAt: '2025-12-19T09:00:00.000Z',
          since: { key: await ports.reader.latestKey(), day: '2025-12-15' },
        },
      });
    });

    it('succeeds once, even if two processes confirm at the same time', async () => {
      const { store, ...ports } = await open(makeStore);
      const other = await store.connect();
      const token = await request(ports, 'reader');
      const answers = await Promise.all([ports, other].map(({ book }) => book.confirm(token, at())));
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
      expect([await ports.book.confirm(token, at()), await ports.book.open(token, at())]).toEqual([null, null]);
    });

    it('fails if its token is unknown, expired or manages a subscription', async () => {
      const ports = await open(makeStore);
      const { token } = await subscribe(ports, 'reader');
      const old = await request(ports, 'reader', aChoice({ query: 'q=one' }));
      expect([
        await ports.book.confirm(unknown, at()),
        await ports.book.confirm(token, at()),
        await ports.book.confirm(old, at() + 48 * hourMs),
      ]).toEqual([null, null, null]);
    });

    it('of a repeated filter ends only the earlier subscription to it', async () => {
      const ports = await open(makeStore);
      const first = await subscribe(ports, 'reader', aChoice({ query: 'q=one' }));
      const [different, foreign] = [
        await subscribe(ports, 'reader', aChoice({ query: 'q=two' })),
        await subscribe(ports, 'other', aChoice({ query: 'q=one' })),
      ];
      const again = await subscribe(ports, 'reader', aChoice({ query: 'q=one', schedule: weekly }));
      const states = await Promise.all(
        [first, different, foreign, again].map(async (one) => (await subscriptionOf(ports, one)).state),
      );
      expect(states).toEqual(['left', 'active', 'active', 'active']);
    });

    it('survives a crash after it has returned', async () => {
      const { store, ...ports } = await open(makeStore);
      const subscriber = await subscribe(ports, 'reader');
      expect(await subscriptionOf(await (await store.crash()).connect(), subscriber)).toMatchObject({
        state: 'active',
      });
    });
  });
}

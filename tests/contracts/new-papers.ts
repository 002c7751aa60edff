/** Contract of `DeliveryQueue`: which papers are candidates for a digest, and which are new to a subscription. */
import { describe, expect, it } from 'vitest';
import type { NewPaper } from '#core/ports/subscriptions.ts';
import { aDay } from '#tests/days.ts';
import { aNewPaper, at, dayMs, sendDigests, subscribe, subscriptionOf } from '#tests/port-mails.ts';
import { keyOf, save } from '#tests/port-papers.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';

const digest = '2025-12-16';
const numbered = (n: number) => ({ source: 'jsonl', ownId: `p${n}`, title: `Paper ${n}` });
const listedOn = (...days: string[]) => days.map((day, i) => ({ source: `listing-${i}`, day, position: 1 }));

export function describeNewPapers(makeStore: MakeStore): void {
  describeUnsent(makeStore);
  describeRecentPapers(makeStore);
}

function describeUnsent(makeStore: MakeStore): void {
  /** A subscription of the 15th that began after three papers. */
  async function aSubscription() {
    const ports = await open(makeStore);
    await save(ports.writer, numbered(1), numbered(2), numbered(3));
    const reader = await subscribe(ports, 'reader');
    const subscription = await subscriptionOf(ports, reader);
    const unsent = async (papers: readonly NewPaper[], day = digest) =>
      (await ports.ledger.unsent(subscription, papers, day)).map(({ id }) => id as string);
    return { ...ports, key: subscription.since.key, unsent };
  }

  describe('unsent papers', () => {
    it('were stored or listed after the subscription started, or listed on the digest’s day', async () => {
      const { key, unsent } = await aSubscription();
      const old = { key };
      const papers = [
        aNewPaper('stored-before', old),
        aNewPaper('stored-after', { key: key + 1 }),
        aNewPaper('listed-before', { ...old, listedOn: [aDay('2025-12-14')] }),
        aNewPaper('listed-on-the-day', { ...old, listedOn: [aDay('2025-12-01'), aDay('2025-12-15')] }),
        aNewPaper('listed-after', { ...old, listedOn: [aDay('2025-12-20')] }),
      ];
      expect(await unsent(papers)).toEqual(['stored-after', 'listed-on-the-day', 'listed-after']);
      expect(await unsent(papers, '2025-12-14')).toEqual([
        'stored-after',
        'listed-before',
        'listed-on-the-day',
        'listed-after',
      ]);
    });

    it('keep their order and are empty for an empty list', async () => {
      const { unsent } = await aSubscription();
      expect(await unsent([])).toEqual([]);
      expect(await unsent([aNewPaper('b'), aNewPaper('c'), aNewPaper('a')])).toEqual(['b', 'c', 'a']);
    });

    it('exclude papers of an earlier mail under any id, and number at most five hundred', async () => {
      const ports = await aSubscription();
      await sendDigests(ports, at('2025-12-16T07:00:00Z'), [aNewPaper('a-draft'), aNewPaper('p9')]);
      const papers = [aNewPaper('2405.14906', { names: ['2405.14906', 'a-draft'] }), aNewPaper('p9'), aNewPaper('p10')];
      expect(await ports.unsent(papers)).toEqual(['p10']);
      const many = Array.from({ length: 600 }, (_, i) => aNewPaper(`many-${i}`));
      expect(await ports.unsent(many)).toEqual(many.slice(0, 500).map(({ id }) => id));
    });
  });
}

function describeRecentPapers(makeStore: MakeStore): void {
  const recent = async ({ ledger }: StorePorts, nowMs: number, day = digest) =>
    (await ledger.recentPapers({ nowMs, digest: day })).map(({ id }) => id as string);

  describe('recent papers', () => {
    it('are none in an empty store', async () => {
      expect(await recent(await open(makeStore), at())).toEqual([]);
    });

    it('have their keys and come last added first', async () => {
      const ports = await open(makeStore);
      await subscribe(ports, 'reader');
      await save(ports.writer, numbered(1));
      await save(ports.writer, numbered(2));
      expect(await ports.ledger.recentPapers({ nowMs: at(), digest })).toEqual([
        { id: 'p2', key: await keyOf(ports.reader, 'p2') },
        { id: 'p1', key: await keyOf(ports.reader, 'p1') },
      ]);
    });

    it('exclude papers older than every subscription, unless listed in the last 31 days or on the digest’s day', async () => {
      const ports = await open(makeStore);
      await save(
        ports.writer,
        numbered(1),
        { ...numbered(2), listings: listedOn('2025-11-14') },
        { ...numbered(3), listings: listedOn('2025-11-13') },
        { ...numbered(4), listings: listedOn('2024-01-02', '2023-01-03') },
      );
      await subscribe(ports, 'reader');
      await save(ports.writer, numbered(5));
      expect(await recent(ports, at())).toEqual(['p5', 'p2']);
      expect(await recent(ports, at(), '2024-01-02')).toEqual(['p5', 'p4', 'p2']);
    });

    it('exclude papers added before the digests of 31 days ago', async () => {
      const ports = await open(makeStore);
      await subscribe(ports, 'reader');
      await save(ports.writer, numbered(1));
      await ports.ledger.enqueue(at(), null);
      await save(ports.writer, numbered(2));
      await ports.ledger.enqueue(at() + dayMs, null);
      expect(await recent(ports, at() + 30 * dayMs)).toEqual(['p2', 'p1']);
      expect(await recent(ports, at() + 31 * dayMs)).toEqual(['p2']);
      expect(await recent(ports, at() + 32 * dayMs)).toEqual([]);
    });
  });
}

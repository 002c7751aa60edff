/** The contract of `Lease`: one holder at a time, fencing tokens that rise, and an end when it is not renewed. */
import { describe, expect, it } from 'vitest';
import { type MakeStore, open, type TestStore } from '#tests/test-store.ts';

const second = 1_000;
const dayMs = 86_400_000;
/** Longer than any lease runs without being renewed. */
const laterMs = 60_000;
const takenOver = 'another process has taken over';

const leasesOf = async (store: TestStore, count: number) => {
  const ports = await Promise.all(Array.from({ length: count }, () => store.connect()));
  return ports.map(({ lease }) => lease);
};

export function describeLease(makeStore: MakeStore): void {
  async function twoLeases() {
    const [first, other] = await leasesOf(await makeStore(), 2);
    if (!first || !other) throw new Error('there are two');
    return { first, other };
  }

  describe('acquiring the lease', () => {
    it('answers the first token on an empty store', async () => {
      const { lease } = await open(makeStore);
      expect(await lease.acquire(second)).toBe(1);
    });

    it('answers null while somebody holds it, to the holder as well', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(second);
      expect(await other.acquire(second)).toBeNull();
      expect(await first.acquire(second)).toBeNull();
    });

    it('answers a higher token to each holder', async () => {
      const { first, other } = await twoLeases();
      expect(await first.acquire(second)).toBe(1);
      await first.release(1);
      expect(await other.acquire(2 * second)).toBe(2);
      await other.release(2);
      expect(await first.acquire(3 * second)).toBe(3);
    });

    it('gives it to one of many who ask at the same time', async () => {
      const leases = await leasesOf(await makeStore(), 6);
      const tokens = await Promise.all(leases.map((lease) => lease.acquire(second)));
      expect(tokens.filter((token) => token !== null)).toEqual([1]);
    });

    it('gives it to another when the holder has not renewed it for 30 seconds', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await other.acquire(30 * second - 1)).toBeNull();
      expect(await other.acquire(30 * second)).toBe(2);
    });

    it('does not take it from a holder whose clock is a few seconds ahead', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(10 * second);
      expect(await other.acquire(0)).toBeNull();
    });

    it.each([1, 400, -3000])('takes it from a holder whose clock was off by %i days', async (days) => {
      const { first, other } = await twoLeases();
      await first.acquire(4_000 * dayMs + days * dayMs);
      expect(await other.acquire(4_000 * dayMs)).toBe(2);
    });
  });

  describe('keeping the lease', () => {
    it('is prolonged by a renewal', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await first.renew(1, 20 * second)).toBe(true);
      expect(await other.acquire(40 * second)).toBeNull();
      expect(await other.acquire(50 * second)).toBe(2);
    });

    it('is late but not lost when nobody else has taken it', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await first.renew(1, laterMs)).toBe(true);
      expect(await other.acquire(laterMs + second)).toBeNull();
    });

    it('is refused to a holder that was succeeded, and takes nothing from the successor', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await other.acquire(laterMs);
      expect(await first.renew(1, laterMs + second)).toBe(false);
      expect(await first.heldUntil(laterMs + second)).toBe(laterMs + 30 * second);
    });

    it('is refused to somebody who only knows the token', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await other.renew(1, second)).toBe(false);
    });
  });

  describe('releasing the lease', () => {
    it('lets the next one acquire it at once', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(second);
      await first.release(1);
      expect(await other.heldUntil(second)).toBeNull();
      expect(await other.acquire(second)).toBe(2);
    });

    it('does nothing for a holder that was succeeded', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await other.acquire(laterMs);
      await first.release(1);
      expect(await first.acquire(laterMs + second)).toBeNull();
    });

    it('does nothing for somebody who only knows the token, or a token that never was', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await other.release(1);
      await first.release(7);
      expect(await other.acquire(second)).toBeNull();
    });
  });

  describe('a fencing token', () => {
    it('is the lease’s until somebody else acquires it, also when the lease has run out', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await other.isHeldBy(1)).toBe(true);
      await first.check(1);
      await other.acquire(laterMs);
      expect(await first.isHeldBy(1)).toBe(false);
      expect(await first.isHeldBy(2)).toBe(true);
      await expect(async () => first.check(1)).rejects.toThrow(takenOver);
    });

    it('that never was is nobody’s', async () => {
      const { lease } = await open(makeStore);
      expect(await lease.isHeldBy(1)).toBe(false);
      await expect(async () => lease.check(1)).rejects.toThrow(takenOver);
    });
  });

  describe('the time until which the lease is held', () => {
    it('is null on an empty store', async () => {
      const { lease } = await open(makeStore);
      expect(await lease.heldUntil(0)).toBeNull();
    });

    it('is 30 seconds after the last renewal, and null from then on', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await first.renew(1, 5 * second);
      expect(await other.heldUntil(5 * second)).toBe(35 * second);
      expect(await other.heldUntil(35 * second)).toBeNull();
    });
  });

  describe('a lease after a crash', () => {
    it('is still held, and its token is not given out again', async () => {
      const { store, lease } = await open(makeStore);
      await lease.acquire(0);
      const { lease: next } = await (await store.crash()).connect();
      expect(await next.acquire(second)).toBeNull();
      expect(await next.acquire(laterMs)).toBe(2);
    });
  });
}

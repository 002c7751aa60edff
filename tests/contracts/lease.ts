/** Contract of `Lease`: one holder at a time, rising fencing tokens, and expiry without renewal. */
import { describe, expect, it } from 'vitest';
import { type MakeStore, open, type TestStore } from '#tests/test-store.ts';

const second = 1_000;
const dayMs = 86_400_000;
/** Longer than a lease without renewal, in ms. */
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
    it('returns the first token on an empty store', async () => {
      const { lease } = await open(makeStore);
      expect(await lease.acquire(second)).toBe(1);
    });

    it('returns null while it is held, even to its holder', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(second);
      expect(await other.acquire(second)).toBeNull();
      expect(await first.acquire(second)).toBeNull();
    });

    it('returns a higher token to each holder', async () => {
      const { first, other } = await twoLeases();
      expect(await first.acquire(second)).toBe(1);
      await first.release(1);
      expect(await other.acquire(2 * second)).toBe(2);
      await other.release(2);
      expect(await first.acquire(3 * second)).toBe(3);
    });

    it('succeeds for one of many concurrent processes', async () => {
      const leases = await leasesOf(await makeStore(), 6);
      const tokens = await Promise.all(leases.map((lease) => lease.acquire(second)));
      expect(tokens.filter((token) => token !== null)).toEqual([1]);
    });

    it('succeeds when the holder has not renewed it for 30 seconds', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await other.acquire(30 * second - 1)).toBeNull();
      expect(await other.acquire(30 * second)).toBe(2);
    });

    it('fails while it is held by a process whose clock is a few seconds ahead', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(10 * second);
      expect(await other.acquire(0)).toBeNull();
    });

    it.each([1, 400, -3000])('succeeds after a holder whose clock was off by %i days', async (days) => {
      const { first, other } = await twoLeases();
      await first.acquire(4_000 * dayMs + days * dayMs);
      expect(await other.acquire(4_000 * dayMs)).toBe(2);
    });
  });

  describe('renewing the lease', () => {
    it('extends it', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await first.renew(1, 20 * second)).toBe(true);
      expect(await other.acquire(40 * second)).toBeNull();
      expect(await other.acquire(50 * second)).toBe(2);
    });

    it('succeeds after expiry if no other process has acquired it', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await first.renew(1, laterMs)).toBe(true);
      expect(await other.acquire(laterMs + second)).toBeNull();
    });

    it('fails for a former holder and does not affect its successor', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await other.acquire(laterMs);
      expect(await first.renew(1, laterMs + second)).toBe(false);
      expect(await first.heldUntil(laterMs + second)).toBe(laterMs + 30 * second);
    });

    it('fails for a process that only knows the token', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await other.renew(1, second)).toBe(false);
    });
  });

  describe('releasing the lease', () => {
    it('lets the next process acquire it at once', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(second);
      await first.release(1);
      expect(await other.heldUntil(second)).toBeNull();
      expect(await other.acquire(second)).toBe(2);
    });

    it('does nothing for a former holder', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await other.acquire(laterMs);
      await first.release(1);
      expect(await first.acquire(laterMs + second)).toBeNull();
    });

    it('does nothing for a process that only knows the token, or for an unknown token', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      await other.release(1);
      await first.release(7);
      expect(await other.acquire(second)).toBeNull();
    });
  });

  describe('a fencing token', () => {
    it('is valid until another process acquires the lease, even after expiry', async () => {
      const { first, other } = await twoLeases();
      await first.acquire(0);
      expect(await other.isHeldBy(1)).toBe(true);
      await first.check(1);
      await other.acquire(laterMs);
      expect(await first.isHeldBy(1)).toBe(false);
      expect(await first.isHeldBy(2)).toBe(true);
      await expect(async () => first.check(1)).rejects.toThrow(takenOver);
    });

    it('that was never issued is invalid', async () => {
      const { lease } = await open(makeStore);
      expect(await lease.isHeldBy(1)).toBe(false);
      await expect(async () => lease.check(1)).rejects.toThrow(takenOver);
    });
  });

  describe('the expiry of the lease', () => {
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
    it('is still held, and its token is not reused', async () => {
      const { store, lease } = await open(makeStore);
      await lease.acquire(0);
      const { lease: next } = await (await store.crash()).connect();
      expect(await next.acquire(second)).toBeNull();
      expect(await next.acquire(laterMs)).toBe(2);
    });
  });
}

/** Contract of `FetchState`: a source's health, and which changes raise the store's revision. */
import { describe, expect, it } from 'vitest';
import { aDay } from '#tests/days.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';

const [at8, at9, at10] = ['2025-12-16T08:00:00Z', '2025-12-16T09:00:00Z', '2025-12-16T10:00:00Z'];
const day = aDay('2025-12-16');

/** Returns whether each step raised the store's revision. */
async function revisionsOf({ reader }: StorePorts, steps: readonly (() => void | Promise<void>)[]): Promise<boolean[]> {
  const raised: boolean[] = [];
  for (const step of steps) {
    const before = await reader.revision();
    await step();
    raised.push((await reader.revision()) > before);
  }
  return raised;
}

export function describeSourceHealth(makeStore: MakeStore): void {
  describe('a source’s health', () => {
    it('is null for a source that was never requested', async () => {
      const { fetchState } = await open(makeStore);
      await fetchState.asked('hf', at8);
      expect(await fetchState.healthOf('arxiv')).toBeNull();
    });

    it('records the times of requests, responses and failures for each source', async () => {
      const { fetchState } = await open(makeStore);
      const never = { answeredAt: null, latestDay: null, failure: null, nextTryAt: null };
      await fetchState.asked('hf', at8);
      expect(await fetchState.healthOf('hf')).toEqual({ name: 'hf', askedAt: at8, ...never });
      await fetchState.answered('hf', at9, day);
      await fetchState.failed('hf', 'it answers with status 503', at10);
      await fetchState.asked('arxiv', at10);
      expect(await fetchState.healthOf('hf')).toEqual({
        name: 'hf',
        askedAt: at8,
        answeredAt: at9,
        latestDay: '2025-12-16',
        failure: 'it answers with status 503',
        nextTryAt: at10,
      });
    });

    it('recovers with the next response', async () => {
      const { fetchState } = await open(makeStore);
      await fetchState.failed('hf', 'it answers with status 503', at10);
      await fetchState.answered('hf', at9, null);
      expect(await fetchState.healthOf('hf')).toMatchObject({ answeredAt: at9, failure: null, nextTryAt: null });
    });

    it('stays failed after a request without a response', async () => {
      const { fetchState } = await open(makeStore);
      await fetchState.failed('hf', 'it answers with status 503', at10);
      await fetchState.asked('hf', at9);
      expect(await fetchState.healthOf('hf')).toMatchObject({
        askedAt: at9,
        failure: 'it answers with status 503',
        nextTryAt: at10,
      });
    });

    it('has the newest day of all responses in any order', async () => {
      const { fetchState } = await open(makeStore);
      for (const latestDay of [aDay('2025-12-14'), day, aDay('2025-12-15'), null])
        await fetchState.answered('hf', at9, latestDay);
      expect(await fetchState.healthOf('hf')).toMatchObject({ latestDay: '2025-12-16' });
    });

    it('drops an impossible newest day at the next response', async () => {
      const { fetchState } = await open(makeStore);
      await fetchState.answered('hf', '2027-01-20T09:00:00Z', aDay('2027-01-20'));
      await fetchState.answered('hf', at9, day);
      expect(await fetchState.healthOf('hf')).toMatchObject({ latestDay: '2025-12-16' });
    });

    it('is visible to other connections and survives a crash', async () => {
      const { store, fetchState } = await open(makeStore);
      await fetchState.answered('hf', at9, day);
      const said = await fetchState.healthOf('hf');
      expect(await (await store.connect()).fetchState.healthOf('hf')).toEqual(said);
      expect(await (await (await store.crash()).connect()).fetchState.healthOf('hf')).toEqual(said);
    });
  });

  describe('the store’s revision', () => {
    it('rises with a first response, a failure, a recovery and a newer day, but not with a repeat', async () => {
      const ports = await open(makeStore);
      const { fetchState } = ports;
      const raised = await revisionsOf(ports, [
        () => fetchState.answered('hf', at8, day),
        () => fetchState.asked('hf', at9),
        () => fetchState.answered('hf', at9, day),
        () => fetchState.failed('hf', 'it answers with status 503', at10),
        () => fetchState.failed('hf', 'it answers with status 503', at10),
        () => fetchState.failed('hf', 'it answers with status 500', at10),
        () => fetchState.answered('hf', at10, null),
        () => fetchState.answered('hf', at10, aDay('2025-12-17')),
      ]);
      expect(raised).toEqual([true, false, false, true, false, true, true, true]);
    });

    it('rises when the text about a known source changes, but not for a repeat or an unknown source', async () => {
      const ports = await open(makeStore);
      const { fetchState } = ports;
      await fetchState.asked('hf', at8);
      const raised = await revisionsOf(ports, [
        () => fetchState.tell('hf', 'late'),
        () => fetchState.tell('hf', 'late'),
        () => fetchState.tell('hf', 'good'),
        () => fetchState.tell('nobody', 'late'),
      ]);
      expect(raised).toEqual([true, false, true, false]);
    });
  });
}

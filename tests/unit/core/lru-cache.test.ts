/** A cache of limited cost evicts the least recently used entries. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLruCache } from '#core/lru-cache.ts';

type Entry = { bytes: number };
const key = fc.integer({ min: 0, max: 20 }).map((n) => `k${n}`);
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key, bytes: fc.integer({ min: 0, max: 3_000 }) }),
  fc.record({ kind: fc.constant('get' as const), key }),
  fc.record({ kind: fc.constant('grow' as const), key, bytes: fc.integer({ min: 0, max: 1_500 }) }),
  fc.record({ kind: fc.constant('remove' as const), key }),
);

test('the cache contains the same entries as a reference list', () => {
  const bytesMax = 20_000;
  const costOf = (name: string, entry: Entry) => entry.bytes + name.length * 2 + 500;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const cache = createLruCache<Entry>({
        costOf: (entry, name) => costOf(name, entry),
        entryCostMax: bytesMax / 8,
        isOver: ({ cost }) => cost > bytesMax,
      });
      let list: { name: string; entry: Entry }[] = [];
      const put = (name: string, entry: Entry) => {
        list = list.filter((one) => one.name !== name);
        if (costOf(name, entry) > bytesMax / 8) return;
        list.push({ name, entry });
        while (list.reduce((sum, one) => sum + costOf(one.name, one.entry), 0) > bytesMax) list.shift();
      };
      for (const asked of steps) {
        const held = list.find((one) => one.name === asked.key);
        if (asked.kind === 'set') {
          const entry = { bytes: asked.bytes };
          cache.set(asked.key, entry);
          put(asked.key, entry);
        } else if (asked.kind === 'get') {
          expect(cache.get(asked.key)).toBe(held?.entry);
          if (held) list = [...list.filter((one) => one !== held), held];
        } else if (asked.kind === 'grow') {
          if (held && asked.bytes > 0) {
            held.entry.bytes += asked.bytes;
            put(asked.key, held.entry);
          }
          cache.measure(asked.key);
        } else {
          cache.removeWhere((entry) => entry === held?.entry);
          list = list.filter((one) => one !== held);
        }
        expect(cache.cost()).toBe(list.reduce((sum, one) => sum + costOf(one.name, one.entry), 0));
        expect(cache.count()).toBe(list.length);
      }
      expect(list.every(({ name, entry }) => cache.get(name) === entry)).toBe(true);
    }),
  );
});

test('the most recently used entry stays at any cost', () => {
  const cache = createLruCache<number>({
    costOf: (value) => value,
    isOver: ({ count, cost }) => count > 2 || cost > 10,
  });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('b'), cache.get('a'), cache.count(), cache.cost()]).toEqual([undefined, 1, 2, 4]);
  cache.set('d', 99);
  expect([cache.get('a'), cache.get('c'), cache.get('d'), cache.count(), cache.cost()]).toEqual([
    undefined,
    undefined,
    99,
    1,
    99,
  ]);
});

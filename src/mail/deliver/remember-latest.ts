/** Memoizes an async function in an LRU cache. */
import { createLruCache } from '#core/lru-cache.ts';

/** Returns a function that caches up to `max` results of `load` by key. Rejected promises leave the cache. */
export function memoizeLatest<T>(max: number): (key: string, load: () => Promise<T>) => Promise<T> {
  const known = createLruCache<Promise<T>>({ isOver: ({ count }) => count > max });
  return (key, load) => {
    const found = known.get(key);
    if (found) return found;
    const value = load();
    known.set(key, value);
    value.catch(() => known.remove(key));
    return value;
  };
}

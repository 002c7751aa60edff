/** A memory of the latest answers, for questions that come in runs. */
import { createLruCache } from '#core/lru-cache.ts';

/** At most `max` answers are kept; the one asked for longest ago goes first. A failed one is not kept. */
export function memoizeLatest<T>(max: number): (key: string, answer: () => Promise<T>) => Promise<T> {
  const known = createLruCache<Promise<T>>({ isOver: ({ count }) => count > max });
  return (key, answer) => {
    const found = known.get(key);
    if (found) return found;
    const value = answer();
    known.set(key, value);
    value.catch(() => known.remove(key));
    return value;
  };
}

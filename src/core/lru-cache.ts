/** A cache that evicts the least recently used entries. */

type LruOptions<Value> = {
  /** Returns the cost of an entry. The default is 1. */
  readonly costOf?: (value: Value, key: string) => number;
  /** Entries with a higher cost are not cached. */
  readonly entryCostMax?: number;
  /** Returns whether to evict the oldest entry. The most recently used entry always stays. */
  readonly isOver: (held: { readonly count: number; readonly cost: number }) => boolean;
};

export function createLruCache<Value>({
  costOf = () => 1,
  entryCostMax = Number.POSITIVE_INFINITY,
  isOver,
}: LruOptions<Value>) {
  // A Map iterates in insertion order, so the first entry is the least recently used.
  const entries = new Map<string, { readonly value: Value; readonly cost: number }>();
  let total = 0;

  const remove = (key: string): void => {
    total -= entries.get(key)?.cost ?? 0;
    entries.delete(key);
  };

  const set = (key: string, value: Value): void => {
    remove(key);
    const cost = costOf(value, key);
    if (cost > entryCostMax) return;
    entries.set(key, { value, cost });
    total += cost;
    for (const oldest of entries.keys()) {
      if (oldest === key || !isOver({ count: entries.size, cost: total })) return;
      remove(oldest);
    }
  };

  return {
    cost: () => total,
    count: () => entries.size,
    /** Returns the value and marks it as most recently used. */
    get(key: string): Value | undefined {
      const found = entries.get(key);
      if (!found) return undefined;
      entries.delete(key);
      entries.set(key, found);
      return found.value;
    },
    set,
    /** Recomputes the cost of a value that may have grown. */
    measure(key: string): void {
      const found = entries.get(key);
      if (found && found.cost !== costOf(found.value, key)) set(key, found.value);
    },
    remove,
    removeWhere(isGone: (value: Value) => boolean): void {
      for (const [key, { value }] of [...entries]) if (isGone(value)) remove(key);
    },
  };
}

/** A cache that drops what was not used for the longest time. */

type LruOptions<Value> = {
  /** What an entry counts; 1 by default. */
  readonly costOf?: (value: Value, key: string) => number;
  /** An entry that costs more is not kept. */
  readonly entryCostMax?: number;
  /** Whether the oldest entry goes. The entry that was used last stays in any case. */
  readonly isOver: (held: { readonly count: number; readonly cost: number }) => boolean;
};

export function createLruCache<Value>({
  costOf = () => 1,
  entryCostMax = Number.POSITIVE_INFINITY,
  isOver,
}: LruOptions<Value>) {
  // A Map goes through its keys in the order in which they were set: the first is the one that was not used for longest.
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
    /** The value, which is the one used last from now on. */
    get(key: string): Value | undefined {
      const found = entries.get(key);
      if (!found) return undefined;
      entries.delete(key);
      entries.set(key, found);
      return found.value;
    },
    set,
    /** Counts a value again that may have grown. */
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

/** Entries in memory up to a number of bytes: what was not used for the longest time goes out. */

export type Sized = { readonly bytes: number };

/** What one entry costs beside its bytes and its key. */
const overheadBytes = 500;
/** No entry may take more than this share of the room. */
const shareMax = 1 / 8;

export function createEntryCache<Entry extends Sized>(bytesMax: number) {
  // A Map goes through its keys in the order in which they were set: the first is the one that was not used for longest.
  const entries = new Map<string, { readonly entry: Entry; readonly cost: number }>();
  let bytes = 0;

  const remove = (key: string) => {
    bytes -= entries.get(key)?.cost ?? 0;
    entries.delete(key);
  };

  const costOf = (key: string, entry: Entry) => entry.bytes + key.length * 2 + overheadBytes;

  /** One that is too large is not kept. */
  const set = (key: string, entry: Entry) => {
    remove(key);
    const cost = costOf(key, entry);
    if (cost > bytesMax * shareMax) return;
    entries.set(key, { entry, cost });
    bytes += cost;
    for (const oldest of entries.keys()) {
      if (bytes <= bytesMax) return;
      remove(oldest);
    }
  };

  return {
    bytes: () => bytes,
    count: () => entries.size,
    get(key: string): Entry | undefined {
      const found = entries.get(key);
      if (!found) return undefined;
      entries.delete(key);
      entries.set(key, found);
      return found.entry;
    },
    set,
    /** Measures an entry anew, which may have grown. */
    measure(key: string): void {
      const found = entries.get(key);
      if (found && found.cost !== costOf(key, found.entry)) set(key, found.entry);
    },
    removeWhere(isGone: (entry: Entry) => boolean): void {
      for (const [key, { entry }] of [...entries]) if (isGone(entry)) remove(key);
    },
  };
}

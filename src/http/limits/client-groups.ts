/** Groups items by client in order of arrival, takes them round robin, and finds the client with the most items. */

export function createGroups<T>() {
  // Map and Set iterate in insertion order: the first client is next.
  const groups = new Map<string, Set<T>>();
  let size = 0;

  const remove = (client: string, item: T): void => {
    const items = groups.get(client);
    if (!items?.delete(item)) return;
    size -= 1;
    if (items.size === 0) groups.delete(client);
  };

  return {
    size: () => size,
    of: (client: string): ReadonlySet<T> => groups.get(client) ?? new Set(),
    remove,
    add(client: string, item: T): void {
      const items = groups.get(client) ?? new Set();
      if (items.has(item)) return;
      groups.set(client, items.add(item));
      size += 1;
    },
    /** Removes and returns the first item that `mayBeTaken`. Its client moves to the end. */
    takeNext(mayBeTaken: (item: T) => boolean = () => true): T | undefined {
      for (const [client, items] of groups) {
        for (const item of items) {
          if (!mayBeTaken(item)) continue;
          groups.delete(client);
          groups.set(client, items);
          for (const each of [...groups.keys()]) remove(each, item);
          return item;
        }
      }
      return undefined;
    },
    /** Returns the client with the most items; of clients with equally many, the newcomer. */
    clientWithMost(newcomer: string): string {
      let most = newcomer;
      for (const [client, items] of groups) if (items.size > (groups.get(most)?.size ?? 0)) most = client;
      return most;
    },
  };
}

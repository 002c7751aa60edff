/** Groups items by client in order of arrival, takes them round robin, and finds the client with the most items. */

export function createGroups<T>() {
  // Map and Set iterate in insertion order: the first client is next.
  const groups = new Map<string, Set<T>>();
  let size = 0;

  const remove = (client: string, item: T): void => {
    const own = groups.get(client);
    if (!own?.delete(item)) return;
    size -= 1;
    if (own.size === 0) groups.delete(client);
  };

  return {
    size: () => size,
    of: (client: string): ReadonlySet<T> => groups.get(client) ?? new Set(),
    remove,
    add(client: string, item: T): void {
      const own = groups.get(client) ?? new Set();
      if (own.has(item)) return;
      groups.set(client, own.add(item));
      size += 1;
    },
    /** Removes and returns the first item that `mayBeTaken`. Its client moves to the end. */
    takeNext(mayBeTaken: (item: T) => boolean = () => true): T | undefined {
      for (const [client, own] of groups) {
        for (const item of own) {
          if (!mayBeTaken(item)) continue;
          groups.delete(client);
          groups.set(client, own);
          for (const each of [...groups.keys()]) remove(each, item);
          return item;
        }
      }
      return undefined;
    },
    /** Returns the client with the most items; of clients with equally many, the newcomer. */
    clientWithMost(newcomer: string): string {
      let most = newcomer;
      for (const [client, own] of groups) if (own.size > (groups.get(most)?.size ?? 0)) most = client;
      return most;
    },
  };
}

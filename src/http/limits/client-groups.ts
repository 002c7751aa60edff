/** Things of many clients, in the order in which they came: who has most of them is found, and whose turn it is. */

export function createGroups<T>() {
  // A Map and a Set go through what they hold in the order in which it was added: the first client is the next one.
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
    /** The first thing of the first client that has one which may be taken; its client is the last one then. */
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
    /** Who has most; of those who have as many, the newcomer. */
    clientWithMost(newcomer: string): string {
      let most = newcomer;
      for (const [client, own] of groups) if (own.size > (groups.get(most)?.size ?? 0)) most = client;
      return most;
    },
  };
}

/** Caches a function's result until the store's revision changes. Failures are not cached. */
export function memoizeByRevision(revision: () => Promise<number>) {
  return <T>(compute: () => Promise<T>): (() => Promise<T>) => {
    let cached: { readonly revision: number; readonly value: Promise<T> } | null = null;
    return async () => {
      const now = await revision();
      if (cached?.revision !== now) {
        const value = compute();
        cached = { revision: now, value };
        value.catch(() => {
          cached = null;
        });
      }
      return cached.value;
    };
  };
}

/** Answers that stay the same for as long as the store does. */

/** Remembers each function's answer for as long as the store's revision stays. */
export function memoizeByRevision(revision: () => Promise<number>) {
  return <T>(compute: () => Promise<T>): (() => Promise<T>) => {
    let kept: { readonly revision: number; readonly value: Promise<T> } | null = null;
    return async () => {
      const now = await revision();
      if (kept?.revision !== now) {
        const value = compute();
        kept = { revision: now, value };
        value.catch(() => {
          kept = null; // a failure is not remembered
        });
      }
      return kept.value;
    };
  };
}

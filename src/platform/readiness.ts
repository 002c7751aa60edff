/** What `/readyz` reports: whether the store and the search index can serve pages. */

type IndexReadiness = { readonly state: 'ok' } | { readonly state: 'building'; readonly done: number; readonly total: number };

export type Readiness = {
  /** `ok`, or one sentence that says why the store cannot be used. */
  store: string;
  index: IndexReadiness;
};

// One per process: Next bundles its own copy of every module, so the value hangs on `globalThis`.
const key: unique symbol = Symbol.for('paper-digest.readiness');
type Shared = typeof globalThis & { [key]?: Readiness };

/** The readiness of this process. Whoever opens the store or the index writes its part; the server reads both. */
export function readiness(): Readiness {
  const shared = globalThis as Shared;
  shared[key] ??= { store: 'ok', index: { state: 'building', done: 0, total: 0 } };
  return shared[key];
}

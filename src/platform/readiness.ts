/** Holds the state that `/readyz` reports: whether the store and the search index can serve pages. */
import { processSingleton } from '#core/process-singleton.ts';

export type IndexReadiness =
  | { readonly state: 'ok' }
  | { readonly state: 'building'; readonly done: number; readonly total: number };

export type Readiness = {
  /** `ok`, or a message that says why the store cannot be used. */
  store: string;
  index: IndexReadiness;
};

/** Returns the mutable state of this process. The code that opens the store or the index updates its part. */
export function readiness(): Readiness {
  return processSingleton('readiness', () => ({ store: 'ok', index: { state: 'building', done: 0, total: 0 } }));
}

/** What `/readyz` reports: whether the store and the search index can serve pages. */
import { processSingleton } from '#core/process-singleton.ts';

export type IndexReadiness =
  | { readonly state: 'ok' }
  | { readonly state: 'building'; readonly done: number; readonly total: number };

export type Readiness = {
  /** `ok`, or one sentence that says why the store cannot be used. */
  store: string;
  index: IndexReadiness;
};

/** The readiness of this process. Whoever opens the store or the index writes its part; the server reads both. */
export function readiness(): Readiness {
  return processSingleton('readiness', () => ({ store: 'ok', index: { state: 'building', done: 0, total: 0 } }));
}

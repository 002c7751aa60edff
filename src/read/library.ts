/** What the read flow is given: the store to read, the search, and what the search index knows beside it. */
import type { PaperReader, PaperSearch, Suggester } from '#core/ports/papers.ts';
import type { StatusData } from '#view/status-view.ts';

export type StoreStatus = Pick<StatusData, 'sources' | 'runs' | 'emptyDays'>;

export type Library = {
  readonly reader: PaperReader;
  /** Of all papers; waits for an index that is not ready, for what must be complete: feeds, exports, mails. */
  readonly search: PaperSearch;
  /** Of the papers that are in the index so far, for what is made anew in a moment: pages of lists. */
  readonly searchSoFar: PaperSearch;
  readonly suggester: Suggester;
  /** The topic each topic stands under. */
  readonly topicParents: ReadonlyMap<string, string>;
  /** How the sources are now. */
  sources(): Promise<StoreStatus['sources']>;
  /** The same with the last runs, and days without papers. */
  status(): Promise<StoreStatus>;
  /** Where readers reach this instance, without a slash at the end. */
  readonly siteUrl: string;
  /** Which build of the code answers: the same for the same sources. */
  readonly build: string;
};

/** The library for lists that may be short of papers while the index is built, and say so. */
export const soFar = (library: Library): Library => ({ ...library, search: library.searchSoFar });

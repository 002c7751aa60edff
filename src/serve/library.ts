/** What the read flow is given: the store to read, the search, and what the search index knows beside it. */
import type { PaperReader, PaperSearch, SearchAids } from '#core/ports';
import type { StatusData } from './view/status-view.ts';

export type StoreStatus = Pick<StatusData, 'sources' | 'runs' | 'emptyDays'>;

export type Library = {
  readonly reader: PaperReader;
  readonly search: PaperSearch;
  readonly aids: SearchAids;
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

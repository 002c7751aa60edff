/** The dependencies of the read path: the store, the search and the suggester. */
import type { PaperReader, PaperSearch, Suggester } from '#core/ports/papers.ts';
import type { StatusData } from '#view/status-view.ts';

export type StoreStatus = Pick<StatusData, 'sources' | 'runs' | 'emptyDays'>;

export type Library = {
  readonly reader: PaperReader;
  /** Searches all papers and waits until the index is ready. For feeds, exports and mails. */
  readonly search: PaperSearch;
  /** Searches the papers indexed so far, without waiting. For pages. */
  readonly searchSoFar: PaperSearch;
  readonly suggester: Suggester;
  /** Slug of a topic → slug of its parent topic. */
  readonly topicParents: ReadonlyMap<string, string>;
  /** The current state of the sources. */
  sources(): Promise<StoreStatus['sources']>;
  /** The state of the sources with the last runs and the days without papers. */
  status(): Promise<StoreStatus>;
  /** Public address of this instance, without a trailing slash. */
  readonly siteUrl: string;
  /** Identifier of the build; equal for equal source code. */
  readonly build: string;
};

/** The library for lists that can be incomplete while the index is built. They show a note then. */
export const soFar = (library: Library): Library => ({ ...library, search: library.searchSoFar });

/** The few joints between the stages: who stores, who searches, who tells the time. */
import type { Condition, SortKey } from './condition.ts';
import type { Day } from './day.ts';
import type { Paper, PaperId, Tag } from './paper.ts';

/** The store's number of a paper: stable, never shown. */
export type PaperKey = number;

export type SearchRequest = {
  /** All of them must hold. */
  readonly where: readonly Condition[];
  readonly sort: SortKey;
  readonly offset: number;
  readonly limit: number;
  /** Count facets too, over the papers that match all words. */
  readonly facets: boolean;
  /** The latest listing day, from which trending ages. */
  readonly today: Day;
};

export type SearchHit = {
  readonly key: PaperKey;
  /** Only some of the wanted words are in it. */
  readonly partial: boolean;
  /** BM25F for relevance, the trending score for trending, else 0. */
  readonly score: number;
};

export type TagCount = Pick<Tag, 'kind' | 'slug' | 'label'> & { readonly count: number };

export type Facets = {
  /** Topics by count, most first, at most 60. */
  readonly topics: readonly TagCount[];
  /** Papers by year of publication, ascending; years without papers are left out. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
  /** Papers by exact number of authors, ascending. */
  readonly authorCounts: readonly { readonly authors: number; readonly count: number }[];
  readonly hasCode: number;
};

export type SearchResult = {
  /** The store's revision the answer is of. */
  readonly revision: number;
  /** Papers that match everything. */
  readonly total: number;
  /** The total is a lower bound (a prefix with too many completions). */
  readonly atLeast: boolean;
  /** Papers that match some of the words only; they follow the others under `relevance`. */
  readonly partial: number;
  readonly hits: readonly SearchHit[];
  readonly facets: Facets | null;
};

export type PaperSearch = {
  search(request: SearchRequest): Promise<SearchResult>;
};

export type DayCount = { readonly day: Day; readonly count: number };

/** What pages read from the store. Every method sees committed data only. */
export type PaperReader = {
  /** Rises with every change that a page could show. */
  revision(): Promise<number>;
  /** The papers of the keys, in their order; keys that are gone are left out. */
  papersByKey(keys: readonly PaperKey[]): Promise<Paper[]>;
  /** By id or alias; the paper's `id` differs from what was asked when an alias led to it. */
  findPaper(idOrAlias: string): Promise<{ readonly key: PaperKey; readonly paper: Paper } | null>;
  /** Days with listed papers, ascending, with their counts. */
  listingDays(): Promise<readonly DayCount[]>;
  /** Every tag with its number of papers, most first. */
  tags(): Promise<readonly TagCount[]>;
  findTag(slug: string): Promise<TagCount | null>;
  /** The name as papers spell it, for a name in any case; null when no paper has it. */
  findAuthor(name: string): Promise<{ readonly name: string; readonly count: number } | null>;
  paperCount(): Promise<number>;
};

export type Neighbours = { readonly previous: PaperId | null; readonly next: PaperId | null };

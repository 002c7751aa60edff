/** Ports between store, search and pages, and the clock. */
import type { Condition, SortKey } from '#core/condition.ts';
import type { Day, PublicationDate } from '#core/day.ts';
import type { Listing, Paper, PaperId, Tag } from '#core/paper.ts';

/** The store's number of a paper: stable and internal. */
export type PaperKey = number;

export type SearchRequest = {
  /** All conditions must match. */
  readonly where: readonly Condition[];
  readonly sort: SortKey;
  readonly offset: number;
  readonly limit: number;
  /** Also count facets over the papers that match all words. */
  readonly facets: boolean;
  /** The latest listing day. Trending scores measure age from it. */
  readonly today: Day;
};

export type SearchHit = {
  readonly key: PaperKey;
  /** The paper contains only some of the query's words. */
  readonly partial: boolean;
  /** BM25F for relevance, the trending score for trending, else 0. */
  readonly score: number;
};

export type TagCount = Pick<Tag, 'kind' | 'slug' | 'label'> & { readonly count: number };

export type Facets = {
  /** Topics by descending count, at most 60. */
  readonly topics: readonly TagCount[];
  /** Papers by year of publication, ascending, without empty years. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
  /** Papers by exact number of authors, ascending. */
  readonly authorCounts: readonly { readonly authors: number; readonly count: number }[];
  readonly hasCode: number;
};

export type SearchResult = {
  /** The store's revision that was searched. */
  readonly revision: number;
  /** Papers that match all words. */
  readonly total: number;
  /** Papers that match some words. With `relevance` they follow the full matches. */
  readonly partial: number;
  readonly hits: readonly SearchHit[];
  readonly facets: Facets | null;
  /** Number of papers indexed so far while the index loads. Null when the index is complete. */
  readonly indexing: IndexProgress | null;
};

export type IndexProgress = { readonly done: number; readonly total: number };

export type PaperSearch = {
  search(request: SearchRequest): Promise<SearchResult>;
};

/** A paper as the search index needs it. */
export type SearchDocument = {
  readonly key: PaperKey;
  readonly id: PaperId;
  /** Other names of the paper: arXiv id, former slugs, ids of other sources. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly authorCount: number | null;
  readonly organization: string | null;
  readonly publishedOn: PublicationDate | null;
  readonly listings: readonly Listing[];
  readonly upvotes: number | null;
  readonly commentCount: number | null;
  readonly tags: readonly Pick<Tag, 'kind' | 'slug' | 'label'>[];
  readonly hasCode: boolean;
  readonly hasProject: boolean;
};

/** How a derived index follows the store. Synchronous, for the search worker's own read-only connection. */
export type SearchDocuments = {
  /** Identifies the store, so that an index of another store is rejected. */
  readonly storeId: string;
  revision(): number;
  count(): number;
  /**
   * Yields each document that changed after revision `since` once, in batches. For 0 it yields all, newest publication
   * day first.
   */
  changedSince(since: number): Iterable<SearchDocument>;
  /** Papers deleted after revision `since`, because they were merged into others. */
  removedSince(since: number): readonly PaperKey[];
  /** Title and abstract of candidates, to verify phrases. */
  textsOf(keys: readonly PaperKey[]): ReadonlyMap<
    PaperKey,
    {
      readonly title: string;
      readonly abstract: string;
      readonly authors: readonly string[];
      readonly organization: string | null;
      readonly tags: readonly string[];
    }
  >;
};

export type DayCount = { readonly day: Day; readonly count: number };

/** Reads papers, tags and authors for pages. Every method sees committed data only. */
export type PaperReader = {
  /** Increases with every change that a page could show. */
  revision(): Promise<number>;
  /** Returns the papers with these keys. Omits deleted ones. */
  papersByKey(keys: readonly PaperKey[]): Promise<ReadonlyMap<PaperKey, Paper>>;
  /** Finds a paper by id or alias. The result's `id` differs from the argument if an alias matched. */
  findPaper(idOrAlias: string): Promise<{ readonly key: PaperKey; readonly paper: Paper } | null>;
  /** Days with listed papers and their counts, ascending. */
  listingDays(): Promise<readonly DayCount[]>;
  /** Keys of the papers listed on a day, in listing order. */
  listedOn(day: Day): Promise<readonly PaperKey[]>;
  /** Tags of every kind by descending paper count. */
  tags(limit: number): Promise<readonly TagCount[]>;
  /** Topics with papers by descending paper count. */
  topics(): Promise<readonly TagCount[]>;
  /** Papers by topic and month of publication (`2025-12`), for the last two years with papers. */
  topicMonths(): Promise<readonly { readonly slug: string; readonly month: string; readonly count: number }[]>;
  findTag(slug: string): Promise<TagCount | null>;
  /** Labels of the existing tags among the slugs. */
  tagLabels(slugs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Returns the most frequent spelling of an author's name, in any case. Null if no paper has it. */
  findAuthor(name: string): Promise<{ readonly name: string; readonly count: number } | null>;
  paperCount(): Promise<number>;
  /** The highest paper key. 0 in an empty store. */
  latestKey(): Promise<PaperKey>;
  /** Returns at most `limit` papers with keys above `after`, ascending. */
  idsAfter(after: PaperKey, limit: number): Promise<readonly { readonly key: PaperKey; readonly id: PaperId }[]>;
};

/** A word without matches, with a suggested word and its paper count. */
export type Correction = {
  readonly word: string;
  readonly suggestions: readonly { readonly text: string; readonly count: number }[];
};

/** A similar paper with the terms, topic labels and author names that both share. */
export type RelatedHit = {
  readonly key: PaperKey;
  readonly terms: readonly string[];
  readonly topics: readonly string[];
  readonly authors: readonly string[];
};

export type CompletionRequest = { readonly kind: 'tag' | 'author'; readonly prefix: string; readonly limit: number };

/**
 * A suggestion whose name, or a word of it, starts with the input. A query uses `value` (slug or name). Pages show
 * `label`.
 */
export type Completion = { readonly value: string; readonly label: string; readonly count: number };

/** Suggestions and similar papers from the in-memory index. Empty while it loads. */
export type Suggester = {
  corrections(words: readonly string[]): Promise<readonly Correction[]>;
  /** Ordered by descending paper count. */
  complete(request: CompletionRequest): Promise<readonly Completion[]>;
  related(key: PaperKey, limit: number): Promise<readonly RelatedHit[]>;
};

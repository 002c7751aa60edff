/** The few joints between the stages: who stores, who searches, who tells the time. */
import type { Condition, SortKey } from '#core/condition.ts';
import type { Day, PublicationDate } from '#core/day.ts';
import type { Listing, Paper, PaperId, Tag } from '#core/paper.ts';

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
  /** Papers that match some of the words only; they follow the others under `relevance`. */
  readonly partial: number;
  readonly hits: readonly SearchHit[];
  readonly facets: Facets | null;
  /** While the index is loaded or first built: how many of the store's papers it holds so far. Null when it holds them all. */
  readonly indexing: IndexProgress | null;
};

export type IndexProgress = { readonly done: number; readonly total: number };

export type PaperSearch = {
  search(request: SearchRequest): Promise<SearchResult>;
};

/** What the search index keeps of a paper. */
export type SearchDocument = {
  readonly key: PaperKey;
  readonly id: PaperId;
  /** What else it is found by: the arXiv id, former slugs, other sources' ids. */
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

/** How a derived index follows the store; synchronous, for the search worker's own read-only connection. */
export type SearchDocuments = {
  /** Identifies the database file, so that an index of another store is not taken for this one's. */
  readonly storeId: string;
  revision(): number;
  count(): number;
  /** Documents changed after revision `since`, each once, read in batches as it is iterated; 0: all, by publication day, the latest first. */
  changedSince(since: number): Iterable<SearchDocument>;
  /** Papers removed after revision `since`: merged into another. */
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

/** What pages read from the store. Every method sees committed data only. */
export type PaperReader = {
  /** Rises with every change that a page could show. */
  revision(): Promise<number>;
  /** The papers of the keys; keys that are gone meanwhile are left out. */
  papersByKey(keys: readonly PaperKey[]): Promise<ReadonlyMap<PaperKey, Paper>>;
  /** By id or alias; the paper's `id` differs from what was asked when an alias led to it. */
  findPaper(idOrAlias: string): Promise<{ readonly key: PaperKey; readonly paper: Paper } | null>;
  /** Days with listed papers, ascending, with their counts. */
  listingDays(): Promise<readonly DayCount[]>;
  /** Keys of the papers listed on a day, by their place in the listing. */
  listedOn(day: Day): Promise<readonly PaperKey[]>;
  /** Tags of every kind with their number of papers, most first. */
  tags(limit: number): Promise<readonly TagCount[]>;
  /** Every topic with papers, most first. */
  topics(): Promise<readonly TagCount[]>;
  /** Papers by month of publication (`2025-12`) and topic, the last two years with papers. */
  topicMonths(): Promise<readonly { readonly slug: string; readonly month: string; readonly count: number }[]>;
  findTag(slug: string): Promise<TagCount | null>;
  /** Labels of the tags that exist among the slugs. */
  tagLabels(slugs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The name as papers spell it, for a name in any case; null when no paper has it. */
  findAuthor(name: string): Promise<{ readonly name: string; readonly count: number } | null>;
  paperCount(): Promise<number>;
  /** The highest key of any paper; 0 in an empty store. */
  latestKey(): Promise<PaperKey>;
  /** Papers whose keys are above `after`, at most `limit`, ascending by key. */
  idsAfter(after: PaperKey, limit: number): Promise<readonly { readonly key: PaperKey; readonly id: PaperId }[]>;
};

/** A word that nothing matches, with what may have been meant and how many papers have that. */
export type Correction = {
  readonly word: string;
  readonly suggestions: readonly { readonly text: string; readonly count: number }[];
};

/** A paper like another, with what both have: terms as their texts spell them, topic labels, author names. */
export type RelatedHit = {
  readonly key: PaperKey;
  readonly terms: readonly string[];
  readonly topics: readonly string[];
  readonly authors: readonly string[];
};

export type CompletionRequest = { readonly kind: 'tag' | 'author'; readonly prefix: string; readonly limit: number };

/** A name that begins with what was typed, or has a word that does. `value` is what a query takes: a slug, a name; `label` is for people. */
export type Completion = { readonly value: string; readonly label: string; readonly count: number };

/** What the in-memory index answers beside searches; empty while it loads. */
export type Suggester = {
  corrections(words: readonly string[]): Promise<readonly Correction[]>;
  /** Those of most papers first. */
  complete(request: CompletionRequest): Promise<readonly Completion[]>;
  related(key: PaperKey, limit: number): Promise<readonly RelatedHit[]>;
};

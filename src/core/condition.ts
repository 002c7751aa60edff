/** Conditions on papers: a closed union that pages, feeds, the API and the search engine share. */
import type { DayRange } from './day.ts';
import type { PaperId, TagSlug } from './paper.ts';

/** The searched field. `any` is title, abstract, author names and tag labels together. */
export const textFields = ['any', 'title', 'abstract', 'author', 'org'] as const;
export type TextField = (typeof textFields)[number];

export const hasKinds = ['code', 'project', 'comments', 'abstract', 'authors'] as const;
export type HasKind = (typeof hasKinds)[number];

/** Inclusive bounds; `null` is an open end. */
export type NumberRange = { readonly min: number | null; readonly max: number | null };

export type Condition =
  /** One word, adjacent words (`phrase`), or the start of a word (`prefix`). */
  | {
      readonly kind: 'text';
      readonly field: TextField;
      readonly match: 'word' | 'phrase' | 'prefix';
      readonly text: string;
    }
  /** A tag of any kind, by slug. */
  | { readonly kind: 'tag'; readonly slug: TagSlug }
  /** An arXiv category (`cs.CL`) or a whole archive (`cs`). */
  | { readonly kind: 'category'; readonly name: string }
  | ({ readonly kind: 'authorCount' } & NumberRange)
  /** The range contains the whole period of the publication date. */
  | ({ readonly kind: 'publishedOn' } & DayRange)
  /** Listed by any source on at least one day of the range. */
  | ({ readonly kind: 'listedOn' } & DayRange)
  | ({ readonly kind: 'upvotes' } & NumberRange)
  | ({ readonly kind: 'commentCount' } & NumberRange)
  | { readonly kind: 'has'; readonly what: HasKind }
  | { readonly kind: 'id'; readonly id: PaperId }
  /** One author by exact name (case and accents folded). */
  | { readonly kind: 'authorName'; readonly name: string }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'anyOf'; readonly conditions: readonly Condition[] };

/** `relevance` requires words. `listing` is the position in the day's listing. */
export const sortKeys = ['relevance', 'new', 'old', 'trending', 'upvotes', 'comments', 'authors', 'listing'] as const;
export type SortKey = (typeof sortKeys)[number];

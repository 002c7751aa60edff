/** The query of every list of papers: page, feed, export, API and digest. */
import type { Condition, SortKey } from '#core/condition.ts';

export type PaperQuery = {
  /** A conjunction, in canonical order and without repeats. */
  readonly where: readonly Condition[];
  /** Null: the list's default order (`defaultSortOf`). */
  readonly sort: SortKey | null;
  /** From 1. */
  readonly page: number;
};

/**
 * A part of the query that the parser ignored or changed. A `note` (unknown qualifier, ignored words) never stops the
 * search. An `error` is a malformed or unknown parameter: a page ignores it, the API responds with 400.
 */
export type QueryProblem = {
  readonly level: 'note' | 'error';
  /** The name of the URL parameter: `q`, `authors`, … */
  readonly parameter: string;
  /** One sentence for the reader. */
  readonly message: string;
  /** Half-open span of UTF-16 units in the parameter's value; undefined if there is no exact place. */
  readonly start?: number;
  readonly end?: number;
};
